// Over 250 lines: one conversation with the vendor, whose state the cases share.
import { describe, expect, test } from "@jest/globals";
import type { Card } from "../../../alerting/channels/card";
import { ChannelRefusal, type Thread } from "../../../alerting/channels/channel";
import { slack } from "../../../alerting/channels/slack";
import { EXAMPLE_CARDS, INCIDENT_CARDS } from "../../channels/example-cards";
import { NOW, toolsFor } from "../../channels/send-tools";
import { textsOf } from "../../channels/vendors/block-kit";
import { type FakeSlack, fakeSlack, SLACK_CHANNEL, SLACK_TOKEN, SLACK_WEBHOOK } from "../../channels/vendors/slack";
import { jsonAnswer } from "../../channels/vendors/vendor";

const [first, second, third, , rise, after] = INCIDENT_CARDS as readonly [Card, Card, Card, Card, Card, Card];
const summary = EXAMPLE_CARDS.summary as Card;
const settings = { channel: SLACK_CHANNEL };

function bot(vendor: FakeSlack = fakeSlack()) {
  const tools = toolsFor(vendor, SLACK_TOKEN, settings);
  const sendAll = async (cards: readonly Card[], from?: Thread) => {
    let thread = from;
    for (const card of cards) thread = await slack.send(card, thread, tools);
    return thread as Thread;
  };
  return { vendor, tools, sendAll };
}

async function errorOf(sending: Promise<unknown>): Promise<Error> {
  return sending.then(
    () => new Error("nothing was thrown"),
    (error: Error) => error,
  );
}

const statusOf = (vendor: FakeSlack) => textsOf(vendor.messages[0]?.attachments).join("\n");

describe("an incident is a thread", () => {
  test("later messages are replies to the first one", async () => {
    const { vendor, sendAll } = bot();
    await sendAll([first, second, third, summary]);

    const [parent, ...replies] = vendor.messages;
    expect(parent?.threadTs).toBeUndefined();
    expect(replies.map(({ threadTs }) => threadTs)).toEqual([parent?.ts, parent?.ts, parent?.ts]);
    expect(vendor.violations).toEqual([]);
  });

  test("the parent keeps what it says, and its status has the count and the last", async () => {
    const { vendor, sendAll } = bot();
    await sendAll([first]);
    const before = structuredClone(vendor.messages[0]);
    await sendAll([second, third], {
      channel: SLACK_CHANNEL,
      ts: String(before?.ts),
      severity: "medium",
      updates: "0",
    });

    expect(vendor.messages[0]).toMatchObject({ text: before?.text, blocks: before?.blocks });
    expect(statusOf(vendor)).toBe(
      "2 updates, last: Low: GetBucketPolicy denied by ann in prod\nMost severe so far: medium",
    );
  });

  test("a rise in severity is shown in the channel, and stays on the parent", async () => {
    const { vendor, sendAll } = bot();
    await sendAll([first, second, rise, after]);

    expect(vendor.messages.map(({ broadcast }) => broadcast)).toEqual([false, false, true, false]);
    expect(statusOf(vendor)).toContain("Most severe so far: high");
    expect(vendor.messages[0]?.attachments).toEqual([expect.objectContaining({ color: "#d9730d" })]);
  });

  test("an alert of no thread, though not the first, says which update of what it is", async () => {
    const { vendor, sendAll } = bot();
    await sendAll([third]);

    expect(textsOf(vendor.messages[0]?.blocks)[0]).toBe(
      "Update 3 of incident 0123456789abcdef-20261120T021505Z: Low: GetBucketPolicy denied by ann in prod",
    );
  });

  test("where the first message has been deleted, the next one begins a thread", async () => {
    const { vendor, sendAll } = bot();
    const thread = await sendAll([first, second]);
    vendor.messages.splice(0);
    const next = await sendAll([third], thread);

    expect(vendor.messages).toEqual([expect.objectContaining({ ts: next.ts })]);
    expect(vendor.messages[0]?.threadTs).toBeUndefined();
  });

  test("a first message that is a later alert has as many updates as came after it", async () => {
    const { vendor, sendAll } = bot();
    const thread = await sendAll([rise, after]);

    expect(thread).toMatchObject({ first: "5", updates: "1", severity: "high" });
    expect(statusOf(vendor)).toBe("1 update, last: Low: CreateUser succeeded by ann in prod\nMost severe so far: high");
  });

  test("where the first message has been deleted, the new one has the status that it had", async () => {
    const { vendor, tools, sendAll } = bot();
    const thread = await sendAll([first, second, rise]);
    const acknowledged = await slack.acknowledge?.(thread, { by: "Ann", at: NOW, through: "pagerduty" }, tools);
    vendor.messages.splice(0);
    const next = await sendAll([after], acknowledged);

    expect(next).toMatchObject({ ts: vendor.messages[0]?.ts, severity: "high", updates: "5" });
    expect(statusOf(vendor)).toContain("Most severe so far: high\nAcknowledged by Ann in pagerduty");
  });

  test("an acknowledgement stays on the first message when the incident goes on", async () => {
    const { vendor, tools, sendAll } = bot();
    const thread = await sendAll([first]);
    const acknowledged = await slack.acknowledge?.(thread, { by: "Ann", at: NOW, through: "pagerduty" }, tools);
    const last = await sendAll([second], acknowledged);

    expect(statusOf(vendor)).toContain("Acknowledged by Ann in pagerduty");
    expect(last.acknowledged).toContain("Acknowledged by Ann");
    expect(JSON.stringify(last).length).toBeLessThan(1_024);
  });

  test("a message that is out is not sent again because its parent could not be updated", async () => {
    const { vendor, sendAll } = bot();
    const thread = await sendAll([first]);
    vendor.failures.push(undefined, jsonAnswer(200, { ok: false, error: "internal_error" }));

    await expect(sendAll([second], thread)).resolves.toMatchObject({ updates: "1" });
    expect(vendor.messages).toHaveLength(2);
  });

  test("what is kept of a thread is little", async () => {
    const thread = await bot().sendAll(INCIDENT_CARDS);

    expect(JSON.stringify(thread).length).toBeLessThan(200);
    expect(thread).toMatchObject({ channel: SLACK_CHANNEL, severity: "critical", updates: "11" });
  });
});

describe("an acknowledgement", () => {
  const reacted = async (reactions: Readonly<Record<string, readonly string[]>>) => {
    const { vendor, tools, sendAll } = bot();
    const thread = await sendAll([first]);
    vendor.reactions.set(String(thread.ts), new Map(Object.entries(reactions)));
    vendor.users.set("U1", { id: "U1", name: "ann", profile: { display_name: "Ann\u202e", real_name: "Ann Smith" } });
    vendor.users.set("U2", { id: "U2", name: "bob", profile: { display_name: "", real_name: "Bob" } });
    return { vendor, tools, thread, who: () => slack.acknowledgement?.(thread, tools) };
  };

  test("is there once somebody takes the alert, by name", async () => {
    await expect((await reacted({})).who()).resolves.toBeUndefined();
    await expect((await reacted({ tada: ["U1"] })).who()).resolves.toBeUndefined();
    await expect((await reacted({ eyes: ["U1", "U2"] })).who()).resolves.toEqual({
      by: "Ann",
      at: NOW,
      through: "slack",
    });
    await expect((await reacted({ eyes: ["U1"], white_check_mark: ["U2"] })).who()).resolves.toMatchObject({
      by: "Bob",
    });
  });

  test("has the user's id where the token may not ask for the name", async () => {
    const { vendor, who } = await reacted({ eyes: ["U1"] });
    vendor.scopes.delete("users:read");

    await expect(who()).resolves.toMatchObject({ by: "U1" });
  });

  test("is none of a message that has been deleted", async () => {
    const { vendor, who } = await reacted({ eyes: ["U1"] });
    vendor.messages.splice(0);

    await expect(who()).resolves.toBeUndefined();
  });

  test("can't be learnt without the scope, which the error names", async () => {
    const { vendor, who } = await reacted({ eyes: ["U1"] });
    vendor.scopes.delete("reactions:read");

    const error = await errorOf(Promise.resolve(who()));
    expect(error).toBeInstanceOf(ChannelRefusal);
    expect(error.message).toBe(
      "Slack refuses reactions.get: missing_scope (needed: reactions:read). Add the scope to the app under OAuth & Permissions, and install the app again.",
    );
  });

  test("from elsewhere is a reply, and on the parent", async () => {
    const { vendor, tools, sendAll } = bot();
    const thread = await sendAll([first]);
    await slack.acknowledge?.(thread, { by: "<!channel> ann", at: NOW, through: "pagerduty" }, tools);

    expect(vendor.messages[1]).toMatchObject({ threadTs: thread.ts });
    expect(textsOf(vendor.messages[1]?.blocks)[0]?.replaceAll("\u2060", "")).toBe(
      "Acknowledged by <!channel> ann in pagerduty at 2026-11-20T02:30:00Z (UTC)",
    );
    expect(statusOf(vendor)).toContain("Acknowledged by");
    expect(vendor.messages[1]?.text).toContain("&lt;!channel&gt;");
    expect(vendor.violations).toEqual([]);
  });
});

describe("an incoming webhook", () => {
  test("gets messages of their own, each with its number", async () => {
    const vendor = fakeSlack();
    const tools = toolsFor(vendor, `${SLACK_WEBHOOK}\n`, settings);
    await expect(slack.send(first, undefined, tools)).resolves.toBeUndefined();
    await slack.send(third, { channel: "C1", ts: "1.2" }, tools);
    await slack.send(rise, undefined, tools);

    expect(vendor.violations).toEqual([]);
    expect(vendor.messages.map(({ threadTs }) => threadTs)).toEqual([undefined, undefined, undefined]);
    expect(textsOf(vendor.messages[1]?.blocks)[0]).toMatch(/^Update 3 of incident 0123456789abcdef-20261120T021505Z: /);
    expect(textsOf(vendor.messages[2]?.blocks)[0]).toBe("High: CreateAccessKey succeeded by ann in prod");
  });
});

describe("the secret", () => {
  test.each([
    "",
    "xoxp-1-secret",
    "https://hooks.slack.com.evil.example/services/T/B/secret",
    "http://hooks.slack.com/services/T/B/secret",
    '{"token":"xoxb-secret"}',
    "https://example.com/secret",
  ])("%j is neither a bot's token nor a webhook's address, which is said without it", async (secret) => {
    const error = await errorOf(slack.send(first, undefined, toolsFor(fakeSlack(), secret, settings)));

    expect(error).toBeInstanceOf(ChannelRefusal);
    expect(error.message).toBe(
      "The secret of the Slack channel is not a bot's token (xoxb-…) or an incoming webhook's address (https://hooks.slack.com/services/…). Put one of them into the secret, without quotes or JSON.",
    );
  });

  test("a token needs the channel's id", async () => {
    const error = await errorOf(slack.send(first, undefined, toolsFor(fakeSlack(), SLACK_TOKEN)));

    expect(error).toBeInstanceOf(ChannelRefusal);
    expect(error.message).toContain('needs the setting "channel": a Slack channel\'s id such as C0123456789');
  });

  test("the channel is an id, not a name", () => {
    const { pattern } = slack.settings.channel ?? { pattern: /^$/ };

    expect(["C0123456789", "G0123456789"].filter((id) => pattern.test(id))).toHaveLength(2);
    expect(["#alerts", "alerts", "D0123456789", "c0123456789", ""].filter((id) => pattern.test(id))).toEqual([]);
  });
});

test("a card too long for Slack is shortened, and says so; its commands are whole or not there", () => {
  const command = `aws iam delete-role --role-name ${"r".repeat(500)}`;
  const facts = Array.from({ length: 40 }, (_, place) => ({ name: `Fact ${place}`, value: "v".repeat(900) }));
  const card: Card = {
    ...first,
    facts,
    steps: [{ text: "Delete it.", commands: [command, "aws sts get-caller-identity"] }],
  };
  const texts = textsOf((slack.render(card, {}, undefined) as { readonly blocks: readonly object[] }).blocks);

  expect(texts.join("")).toContain("Shortened to fit here. The e-mail has all of it.");
  expect(texts).toContain("aws sts get-caller-identity");
  expect(texts.filter((text) => text.startsWith("aws iam delete-role") && text !== command)).toEqual([]);
  expect(textsOf((slack.render(first, {}, undefined) as { readonly blocks: object }).blocks).join("")).not.toContain(
    "Shortened",
  );
});
