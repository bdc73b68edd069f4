import { describe, expect, test } from "@jest/globals";
import type { Card } from "../../../alerting/channels/card";
import { ChannelRefusal, ChannelUnavailable } from "../../../alerting/channels/channel";
import { microsoftTeams } from "../../../alerting/channels/microsoft-teams";
import { INCIDENT_CARDS } from "../../channels/example-cards";
import { toolsFor } from "../../channels/send-tools";
import { textRuns } from "../../channels/vendors/adaptive-card";
import { fakeTeams, TEAMS_ADDRESS } from "../../channels/vendors/teams";
import { jsonAnswer, type VendorOutcome } from "../../channels/vendors/vendor";

const [first, , third] = INCIDENT_CARDS as readonly [Card, Card, Card];

async function errorOf(sending: Promise<unknown>): Promise<Error> {
  return sending.then(
    () => new Error("nothing was thrown"),
    (error: Error) => error,
  );
}

async function sent(card: Card) {
  const vendor = fakeTeams();
  await microsoftTeams.send(card, undefined, toolsFor(vendor, ` ${TEAMS_ADDRESS}\n`));
  expect(vendor.violations).toEqual([]);
  const texts = textRuns(vendor.cards).map(({ text }) => String(text));
  return { card: vendor.cards[0], texts };
}

test("an alert is a card with what happened, what to do and a button to its event", async () => {
  const { card, texts } = await sent(first);

  expect(texts).toEqual(
    expect.arrayContaining([
      "Medium: GetSecretValue succeeded by ann in prod",
      "Who: ",
      "Many secrets read with one access key",
    ]),
  );
  const commands = textRuns(card).filter(({ fontType }) => fontType === "Monospace");
  expect(commands.map(({ text }) => text)).toEqual(first.steps.flatMap((step) => step.commands));
  expect(card?.actions).toEqual([
    { type: "Action.OpenUrl", title: "See the event in CloudTrail", url: first.links[0]?.url },
  ]);
});

test("an update says which of what it is: there are no threads", async () => {
  const { texts } = await sent(third);

  expect(texts[0]).toBe(
    "Update 3 of incident 0123456789abcdef-20261120T021505Z: Low: GetBucketPolicy denied by ann in prod",
  );
});

test("where there is no console, where to look is a text, not a button", async () => {
  const { card, texts } = await sent({ ...first, links: [{ text: "Event", url: "event history of us-iso-east-1" }] });

  expect(card?.actions).toEqual([]);
  expect(texts.join("")).toContain("Event: event history of us-iso-east-1");
});

test("40 KB are shortened until Teams takes them, and the card says so", async () => {
  const long = "é".repeat(40_000);
  const facts = Array.from({ length: 30 }, () => ({ name: "What", value: long }));
  const { texts } = await sent({ ...first, headline: long, facts, paragraphs: [{ heading: long, text: long }] });

  expect(texts.join("")).toContain("Shortened to fit here. The e-mail has all of it.");
  expect((await sent(first)).texts.join("")).not.toContain("Shortened");
});

test("a command that holds an expression is left out, not changed", async () => {
  const { texts } = await sent({ ...first, steps: [{ text: "Look.", commands: ["echo ${HOME}", "aws s3 ls"] }] });

  expect(texts.filter((text) => /HOME/.test(text))).toEqual([]);
  expect(texts).toContain("aws s3 ls");
  expect(texts.join("")).toContain("Shortened");
});

describe("what the workflow answers", () => {
  test.each([
    [jsonAnswer(400, { error: { code: "WorkflowTriggerIsNotEnabled" } }), ChannelRefusal, /NotEnabled.*turned on/],
    [jsonAnswer(401, { error: { code: "DirectApiAuthorizationRequired" } }), ChannelRefusal, /copy the address/],
    [jsonAnswer(404, { error: { code: "WorkflowNotFound" } }), ChannelRefusal, /WorkflowNotFound.*create it anew/],
    [{ status: 413, body: "" }, ChannelRefusal, /answered 413\. The message is too large/],
    [
      { status: 301, headers: { location: "https://evil.example" }, body: "" },
      ChannelRefusal,
      /answered 301\. Open the workflow/,
    ],
    [{ status: 429, headers: { "Retry-After": "5" }, body: "" }, ChannelUnavailable, /answered 429$/],
    [{ status: 502, body: "<html>bad\u0000gateway</html>" }, ChannelUnavailable, /502: <html>bad gateway<\/html>$/],
    ["cut", ChannelUnavailable, /no answer/],
    ["slow", ChannelUnavailable, /no answer/],
  ] as const)("%j", async (outcome, kind, message) => {
    const vendor = fakeTeams();
    vendor.failures.push(outcome as VendorOutcome);

    const error = await errorOf(microsoftTeams.send(first, undefined, toolsFor(vendor, TEAMS_ADDRESS)));
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("secretsignature");
  });

  test("a rate limit's wait is passed on", async () => {
    const vendor = fakeTeams();
    vendor.failures.push({ status: 429, headers: { "Retry-After": "5" }, body: "" });

    const error = await errorOf(microsoftTeams.send(first, undefined, toolsFor(vendor, TEAMS_ADDRESS)));
    expect(error).toMatchObject({ retryAfterSeconds: 5 });
  });

  test("a signature that is no longer valid", async () => {
    const tools = toolsFor(fakeTeams(), TEAMS_ADDRESS.replace("secretsignature", "secretother"));

    const error = await errorOf(microsoftTeams.send(first, undefined, tools));
    expect(error.message).toMatch(/answered 401: .*The signature is not valid.*copy the address/);
    expect(error.message).not.toContain("secretother");
  });
});

test("what Teams repeats of the address is not in the error", async () => {
  const vendor = fakeTeams();
  vendor.failures.push({ status: 400, body: `refused: ${TEAMS_ADDRESS} for secretsignature` });

  const error = await errorOf(microsoftTeams.send(first, undefined, toolsFor(vendor, TEAMS_ADDRESS)));
  expect(error.message).toContain("refused: [secret] for [secret]");
});

describe("the secret", () => {
  test.each(["https://contoso.webhook.office.com/webhookb2/secret", "https://outlook.office.com/webhook/secret"])(
    "%s is an Office 365 connector's: retired",
    async (secret) => {
      const error = await errorOf(microsoftTeams.send(first, undefined, toolsFor(undefined, secret)));

      expect(error).toBeInstanceOf(ChannelRefusal);
      expect(error.message).toMatch(/Office 365 connector, which Microsoft has retired/);
      expect(error.message).not.toContain("/secret");
    },
  );

  test.each([
    "",
    "secret",
    "http://a.environment.api.powerplatform.com/secret",
    "https://environment.api.powerplatform.com.evil.example/secret",
    "https://user:secret@a.logic.azure.com/secret",
    "https://evil.example/?a.logic.azure.com/secret",
  ])("%j is no workflow's address, which is said without it", async (secret) => {
    const error = await errorOf(microsoftTeams.send(first, undefined, toolsFor(undefined, secret)));

    expect(error).toBeInstanceOf(ChannelRefusal);
    expect(error.message).toBe(
      "The secret of the Microsoft Teams channel is not the address of a Teams workflow (https://….environment.api.powerplatform.com/… or https://….logic.azure.com/…). Put that address into the secret, without quotes or JSON.",
    );
  });
});
