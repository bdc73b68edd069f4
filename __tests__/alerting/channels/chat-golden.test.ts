import { expect, test } from "@jest/globals";
import { amazonQ } from "../../../alerting/channels/amazon-q";
import type { Thread } from "../../../alerting/channels/channel";
import { microsoftTeams } from "../../../alerting/channels/microsoft-teams";
import { slack } from "../../../alerting/channels/slack";
import { EXAMPLE_CARDS, INCIDENT_CARDS } from "../../channels/example-cards";
import { toolsFor } from "../../channels/send-tools";
import { fakeSlack, SLACK_CHANNEL, SLACK_TOKEN, SLACK_WEBHOOK } from "../../channels/vendors/slack";
import { fakeTeams, TEAMS_ADDRESS } from "../../channels/vendors/teams";
import { expectGolden } from "./golden";

const settings = { channel: SLACK_CHANNEL };

test("there are ten alerts, a summary, a digest, a rate limit's notice, an alarm and its end, a short alert, and an incident of twelve steps", () => {
  expect(Object.values(EXAMPLE_CARDS).map(({ kind }) => kind)).toEqual([
    ...Array.from({ length: 10 }, () => "alert"),
    "summary",
    "digest",
    "rate-limit",
    "alarm",
    "alarm",
    "urgent",
  ]);
  expect(INCIDENT_CARDS.map(({ kind }) => kind)).toEqual([...Array.from({ length: 12 }, () => "alert"), "timeline"]);
});

test.each(Object.entries(EXAMPLE_CARDS))("%s", (name, card) => {
  expectGolden("slack", name, slack.render(card, settings, undefined));
  expectGolden("microsoft-teams", name, microsoftTeams.render(card, {}, undefined));
  expectGolden("amazon-q", name, amazonQ.render(card, {}, undefined));
});

test("an incident of twelve steps in Slack: every call, in order", async () => {
  const vendor = fakeSlack();
  const tools = toolsFor(vendor, SLACK_TOKEN, settings);
  let thread: Thread | undefined;
  for (const card of INCIDENT_CARDS) thread = await slack.send(card, thread, tools);

  const calls = tools.requests.map(({ url, body }) => ({ url, body: JSON.parse(String(body)) }));
  expect(vendor.violations).toEqual([]);
  expectGolden("slack", "incident", calls);
});

test("an incident of twelve steps in Slack by an incoming webhook", async () => {
  const vendor = fakeSlack();
  const tools = toolsFor(vendor, SLACK_WEBHOOK);
  for (const card of INCIDENT_CARDS) await slack.send(card, undefined, tools);

  expect(vendor.violations).toEqual([]);
  expectGolden(
    "slack",
    "incident-webhook",
    tools.requests.map(({ body }) => JSON.parse(String(body))),
  );
});

test("an incident of twelve steps in Microsoft Teams", async () => {
  const vendor = fakeTeams();
  const tools = toolsFor(vendor, TEAMS_ADDRESS);
  for (const card of INCIDENT_CARDS) await microsoftTeams.send(card, undefined, tools);

  expect(vendor.violations).toEqual([]);
  expectGolden("microsoft-teams", "incident", vendor.cards);
});

test("an incident of twelve steps in Amazon Q Developer", async () => {
  const tools = toolsFor(undefined, "");
  for (const card of INCIDENT_CARDS) await amazonQ.send(card, undefined, tools);

  expectGolden(
    "amazon-q",
    "incident",
    tools.published.map((message) => JSON.parse(message)),
  );
});
