import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { amazonQ } from "../../../alerting/channels/amazon-q";
import type { Card } from "../../../alerting/channels/card";
import { cardOf } from "../../../alerting/channels/card-of";
import type { Channel, SendTools, Thread } from "../../../alerting/channels/channel";
import { jiraServiceManagement } from "../../../alerting/channels/jira-service-management";
import { microsoftTeams } from "../../../alerting/channels/microsoft-teams";
import { pagerduty } from "../../../alerting/channels/pagerduty";
import { securityHub } from "../../../alerting/channels/security-hub";
import { slack } from "../../../alerting/channels/slack";
import { webhook } from "../../../alerting/channels/webhook";
import { parseNotification } from "../../../alerting/delivery/parse-notification";
import type { AlertNotification } from "../../../alerting/notification/notification";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { isObject, type JsonObject } from "../../../detection/events/json";
import { exampleEvent, fixtureRecords, HOSTILE, LABELS, notificationOf } from "../../channels/example-alerts";
import { fakeJira } from "../../channels/vendors/jira-service-management";
import { fakePagerDuty } from "../../channels/vendors/pagerduty";
import { fakeSecurityHub } from "../../channels/vendors/security-hub";
import { fakeSlack, SLACK_CHANNEL, SLACK_TOKEN, SLACK_WEBHOOK } from "../../channels/vendors/slack";
import { fakeTeams, TEAMS_ADDRESS } from "../../channels/vendors/teams";
import type { Vendor } from "../../channels/vendors/vendor";
import { webhookReceiver } from "../../channels/vendors/webhook-receiver";
import { chatMarkup, slackMarkup } from "./markup";
import { NOW, sendTools } from "./send-tools";

const KEY = "0123456789abcdef0123456789abcdef";
const ACCOUNT = "999900001111";
const JIRA = "eb243592-faa2-4ba2-a551-1afdf565c889";
const HOOK = { url: "https://alerts.example.com/hooks", key: "any text of 32 characters or more" };

/** The published library that verifies webhooks looks at the clock itself. */
beforeAll(() => void jest.useFakeTimers({ now: NOW }));
afterAll(() => void jest.useRealTimers());

interface Sender {
  readonly channel: Channel;
  readonly vendor?: Vendor;
  readonly tools: SendTools & { readonly published?: readonly string[] };
}

/** Each channel in front of its vendor, which refuses whatever its schema or limits don't allow. */
function senders(): readonly Sender[] {
  const sender = (channel: Channel, vendor: Vendor, parts: Partial<SendTools>): Sender => ({
    channel,
    vendor,
    tools: sendTools(vendor, parts),
  });
  const hub = fakeSecurityHub(ACCOUNT);
  return [
    sender(slack, fakeSlack(), { secret: SLACK_TOKEN, settings: { channel: SLACK_CHANNEL } }),
    sender(slack, fakeSlack(), { secret: SLACK_WEBHOOK }),
    sender(microsoftTeams, fakeTeams(), { secret: TEAMS_ADDRESS }),
    sender(pagerduty, fakePagerDuty(KEY), { secret: KEY }),
    sender(jiraServiceManagement, fakeJira({ apiKey: JIRA }), { secret: JIRA }),
    sender(webhook, webhookReceiver(HOOK.url, HOOK.key), { secret: JSON.stringify(HOOK) }),
    { channel: securityHub, tools: sendTools(undefined, { importFindings: hub.importFindings }) },
    { channel: amazonQ, tools: sendTools(undefined, { publishToChatTopic: checkedTopic }) },
  ];
}

const CONSOLE = /^https:\/\/([a-z0-9-]+\.)?console\.(aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)\//;

/** https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html */
async function checkedTopic(message: string): Promise<void> {
  const { content } = JSON.parse(message) as {
    readonly content: { readonly title: string; readonly description: string; readonly nextSteps?: readonly string[] };
  };
  const { title, description, nextSteps = [] } = content;
  const own = description.split(/\s/).filter((word) => CONSOLE.test(word));
  expect(title.length).toBeLessThanOrEqual(250);
  expect(description.length).toBeLessThanOrEqual(8_000);
  expect(Buffer.byteLength(message)).toBeLessThan(256 * 1_024);
  expect([title, description, ...nextSteps].flatMap((text) => chatMarkup(text, own))).toEqual([]);
}

/** The alert as it is sent, as a second one, and as one that is more severe. */
async function sendAll(card: Card): Promise<void> {
  for (const { channel, vendor, tools } of senders()) {
    const incident = { id: "0123456789abcdef-20261120T021505Z", role: "update", number: 2 } as const;
    const thread = await channel.send(
      { ...card, incident: { ...incident, role: "opens", number: 1 } },
      undefined,
      tools,
    );
    const next = await channel.send({ ...card, incident, notificationId: `${card.notificationId}2` }, thread, tools);
    await channel.send({ ...card, incident: { ...incident, role: "rises" } }, next ?? (thread as Thread), tools);

    expect({ type: channel.type, violations: vendor?.violations ?? [] }).toEqual({
      type: channel.type,
      violations: [],
    });
  }
}

/** Every text of a value but those that make it what it is changed. */
function changed(value: unknown, change: (text: string) => string, name = ""): unknown {
  if (typeof value === "string") return KEPT.has(name) ? value : change(value);
  if (Array.isArray(value)) return value.map((item) => changed(item, change, name));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, changed(child, change, key)]));
}
const KEPT = new Set(["eventTime", "eventID", "eventType", "eventCategory", "awsRegion", "type"]);

const emptied = (value: unknown): unknown => {
  if (typeof value === "string") return "";
  if (Array.isArray(value)) return [];
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, child]) => [key, emptied(child)]))
    : null;
};

const CHANGES: Readonly<Record<string, (record: JsonObject) => JsonObject>> = {
  "with what attackers write in every field": (record) => changed(record, () => HOSTILE) as JsonObject,
  "with 40 KB in every field": (record) =>
    changed(record, (text) => (text || "x").repeat(40_960 / (text.length || 1))) as JsonObject,
  "with 10,000 emoji as user agent": (record) => ({ ...record, userAgent: "👨‍👩‍👧🔥".repeat(5_000) }),
  "with empty fields": (record) => emptied(record) as JsonObject,
  "with a time of the far future": (record) => ({ ...record, eventTime: "9999-12-31T23:59:59Z" }),
  "with no time": (record) => ({ ...record, eventTime: "soon" }),
};

test.each(catalogue.map(({ id }) => id))("an alert of %s's examples is taken by every vendor", async (id) => {
  const records = fixtureRecords(id).slice(0, 4);
  expect(records.length).toBeGreaterThan(0);
  for (const [place, record] of records.entries()) {
    const event = exampleEvent(place, id, place, { eventTime: "2026-11-20T02:14:05Z", eventID: record.eventID });
    await sendAll(cardAfterTheQueue(notificationOf(id, event)));
  }
});

/** One with a policy, one with lists, one with little, and one of another service each. */
const VARIED = [
  "admin-policy-attached",
  "security-group-opened",
  "console-login-without-mfa",
  "unauthorized-calls-burst",
];

describe.each(Object.entries(CHANGES))("an alert of a record %s", (_, change) => {
  test.each(VARIED)("of %s is taken by every vendor", async (id) => {
    const [record] = fixtureRecords(id);
    const event = exampleEvent(1, id, 0, change({ ...record, eventTime: "2026-11-20T02:14:05Z" }));
    await sendAll(cardAfterTheQueue(notificationOf(id, event)));
  });
});

function cardAfterTheQueue(notification: AlertNotification): Card {
  return cardOf(parseNotification(JSON.parse(JSON.stringify(notification)) as JsonObject), LABELS);
}

test.each(["evil.example", "ann@example.com", "a.b.c", "console.aws.amazon.com.evil.example"])(
  "%s as a name is no link in Slack's fallback nor in Amazon Q Developer's title",
  async (name) => {
    const [record] = fixtureRecords("user-created");
    const identity = { type: "IAMUser", userName: name, accountId: "111122223333" };
    const event = exampleEvent(1, "user-created", 0, { ...record, userIdentity: identity });
    const card = cardOf(notificationOf("user-created", event), LABELS);
    const { text } = slack.render(card, {}, undefined) as { readonly text: string };
    const { content } = amazonQ.render(card, {}, undefined) as { readonly content: { readonly title: string } };

    expect(slackMarkup(text)).toEqual([]);
    // Clients make links of whatever looks like a host.
    for (const shown of [text, content.title]) expect(shown).not.toMatch(/\w\.[a-z]/i);
  },
);
