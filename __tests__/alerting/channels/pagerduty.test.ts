// Over 250 lines: all of what one channel does, against one vendor.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Card } from "../../../alerting/channels/card";
import { ChannelRefusal, ChannelUnavailable, type Thread } from "../../../alerting/channels/channel";
import { type PagerDutyMessage, pagerduty } from "../../../alerting/channels/pagerduty";
import { EXAMPLE_ALERTS } from "../../channels/example-alerts";
import { alarmCardOf, EXAMPLE_CARDS, INCIDENT_CARDS, shortAlertOf } from "../../channels/example-cards";
import { fakePagerDuty } from "../../channels/vendors/pagerduty";
import { jsonAnswer, type VendorOutcome } from "../../channels/vendors/vendor";
import { propertyRuns } from "../../property-runs";
import { anyCard, HIDDEN, LARGEST_CARD, textsIn, withoutCommands } from "./any-card";
import { expectGolden } from "./golden";
import { failureOf, NOW, sendTools } from "./send-tools";

const KEY = "0123456789abcdef0123456789abcdef";
const TOKEN = "u+wuXk3sAbMn_token01";
const BOTH = JSON.stringify({ routingKey: KEY, apiToken: TOKEN });
const alert = EXAMPLE_CARDS["access-key"] ?? (Object.values(EXAMPLE_CARDS)[0] as Card);
const [opens, second] = INCIDENT_CARDS as [Card, Card];
const timeline = INCIDENT_CARDS.at(-1) as Card;
const EVENT = EXAMPLE_ALERTS.root?.event.id;
const ID = String(opens.incident?.id);

const message = (card: Card, thread?: Thread): PagerDutyMessage =>
  pagerduty.render(card, {}, thread) as PagerDutyMessage;

/** Sends every card, each with the thread that the one before gave. */
async function sendAll(cards: readonly Card[], vendor = fakePagerDuty(KEY, TOKEN)) {
  const tools = sendTools(vendor, { secret: BOTH });
  let thread: Thread | undefined;
  for (const card of cards) thread = await pagerduty.send(card, thread, tools);
  return { vendor, tools, thread: thread as Thread };
}

test.each(Object.entries(EXAMPLE_CARDS))("%s is sent as its golden file says", (name, card) => {
  const form = message(card);

  expectGolden("pagerduty", name, form);
});

test("an incident is sent as its golden file says", () => {
  const forms = INCIDENT_CARDS.map((card, place) => message(card, place === 0 ? undefined : { dedupKey: ID }));

  expectGolden("pagerduty", "incident", forms);
});

describe("an incident", () => {
  test("pages for its first alert and for each rise, and adds the others to the first one's log", async () => {
    const { vendor, thread } = await sendAll(INCIDENT_CARDS.slice(0, -1));

    expect(vendor.alerts.map(({ key, severity, log }) => [key, severity, log.length])).toEqual([
      [ID, "warning", 10],
      [`${ID}/high`, "error", 1],
      [`${ID}/critical`, "critical", 1],
    ]);
    expect(vendor.alerts[0]?.log[1]).toMatch(/^Update 2: /);
    expect(vendor.alerts[2]?.log[0]).toMatch(/^Rises to critical: /);
    expect(thread).toEqual({ dedupKey: ID });
  });

  test("stays open when it is over, is critical and nobody has acknowledged it", async () => {
    const { vendor } = await sendAll(INCIDENT_CARDS);

    expect(vendor.alerts.map(({ status }) => status)).toEqual(["triggered", "triggered", "triggered"]);
    expect(vendor.changes).toHaveLength(1);
  });

  test("is resolved with all its alerts when it is over and was acknowledged", async () => {
    const acknowledged = { by: "ann", at: "2026-11-20T02:20:00Z", through: "slack" };
    const over = { ...timeline, notification: { ...timeline.notification, acknowledged } } as Card;
    const { vendor } = await sendAll([...INCIDENT_CARDS.slice(0, -1), over]);

    expect(vendor.alerts.map(({ status }) => status)).toEqual(["resolved", "resolved", "resolved"]);
  });

  test("is resolved when it is over and not critical", async () => {
    const { vendor } = await sendAll([opens, second, { ...timeline, severity: "medium" }]);

    expect(vendor.alerts.map(({ status, log }) => [status, log.length])).toEqual([["resolved", 2]]);
  });

  test("pages for no timeline after a person has resolved it", async () => {
    const { vendor, tools, thread } = await sendAll([opens]);
    vendor.resolveBy(ID, "bob", "2026-11-20T02:20:00Z");
    await pagerduty.send({ ...timeline, severity: "medium" }, thread, tools);
    await pagerduty.send(timeline, thread, tools);

    expect(vendor.alerts).toHaveLength(1);
  });
});

test("alerts outside incidents have a key each, and the same when they are sent again", async () => {
  const { incident: _, ...alone } = alert;
  const { vendor } = await sendAll([alone, { ...alone, notificationId: "another" }, alone]);

  expect(vendor.alerts.map(({ key, log }) => [key, log.length])).toEqual([
    [alone.notificationId, 2],
    ["another", 1],
  ]);
});

test("a digest pages no one, and is left out where the key takes no change events", async () => {
  const digest = EXAMPLE_CARDS.digest as Card;
  const { vendor } = await sendAll([digest]);
  const orchestration = `R${KEY.slice(1)}`;
  const tools = sendTools(fakePagerDuty(orchestration), { secret: orchestration });
  await pagerduty.send(digest, undefined, tools);

  expect([vendor.alerts, vendor.changes]).toEqual([
    [],
    ["Digest of 2026-11-20: 1 alert not acknowledged, 6 events in prod (Daily digest)"],
  ]);
  expect(tools.sent).toEqual([]);
});

test("the EU's accounts have hosts of their own", async () => {
  const tools = sendTools(fakePagerDuty(KEY, TOKEN), { secret: BOTH, settings: { region: "eu" } });
  const thread = (await pagerduty.send(opens, undefined, tools)) as Thread;
  await pagerduty.acknowledgement?.(thread, tools);

  const hosts = new Set(tools.sent.map(({ url }) => new URL(url).host));
  expect([...hosts]).toEqual(["events.eu.pagerduty.com", "api.eu.pagerduty.com"]);
});

test("a channel that gets an incident from its rise on has one alert of it, which later ones are added to", async () => {
  const { vendor } = await sendAll(INCIDENT_CARDS.slice(6, -1));

  expect(vendor.alerts).toHaveLength(1);
  expect(vendor.alerts[0]).toMatchObject({ key: ID, severity: "critical" });
});

test("an alarm is over when it says so, and is another when it comes again", async () => {
  const { vendor } = await sendAll([alarmCardOf("ALARM", "1"), alarmCardOf("OK", "2"), alarmCardOf("ALARM", "3")]);

  expect(vendor.alerts.map(({ status }) => status)).toEqual(["resolved", "triggered"]);
});

test("EventBridge's short alert and the alert with its details page once", async () => {
  const details = EXAMPLE_CARDS.root as Card;
  const vendor = fakePagerDuty(KEY);
  const tools = sendTools(vendor, { secret: KEY });
  await pagerduty.send(shortAlertOf(details), undefined, tools);
  const thread = await pagerduty.send({ ...details, incident: { id: ID, role: "opens", number: 1 } }, undefined, tools);
  await pagerduty.send(second, thread, tools);

  expect(vendor.alerts.map(({ key, log }) => [key, log.length])).toEqual([[`event/${EVENT}`, 3]]);
});

describe("an acknowledgement", () => {
  test("is a person's, of the latest severity", async () => {
    const { vendor, tools, thread } = await sendAll(INCIDENT_CARDS.slice(0, 7));
    vendor.acknowledgeBy(ID, "bob", "2026-11-20T02:19:00Z");
    const before = await pagerduty.acknowledgement?.(thread, tools);
    vendor.acknowledgeBy(`${ID}/critical`, "ann", "2026-11-20T02:29:00Z");

    expect(before).toBeUndefined();
    expect(await pagerduty.acknowledgement?.(thread, tools)).toEqual({
      by: "ann",
      at: Date.parse("2026-11-20T02:29:00Z"),
      through: "pagerduty",
    });
  });

  test("is also that a person has resolved it", async () => {
    const { vendor, tools, thread } = await sendAll([opens]);
    vendor.resolveBy(ID, "bob", "2026-11-20T02:20:00Z");

    expect(await pagerduty.acknowledgement?.(thread, tools)).toMatchObject({ by: "bob" });
  });

  test("from elsewhere is shown, and not taken for a person's", async () => {
    const { vendor, tools, thread } = await sendAll(INCIDENT_CARDS.slice(0, 5));
    await pagerduty.acknowledge?.(thread, { by: "ann", at: NOW, through: "slack" }, tools);

    expect(vendor.alerts.map(({ status }) => status)).toEqual(["acknowledged", "acknowledged"]);
    expect(await pagerduty.acknowledgement?.(thread, tools)).toBeUndefined();
  });

  test("is not read without a token for the REST API", async () => {
    const vendor = fakePagerDuty(KEY);
    const tools = sendTools(vendor, { secret: KEY });

    expect(await pagerduty.acknowledgement?.({ dedupKey: ID }, tools)).toBeUndefined();
    expect(tools.sent).toEqual([]);
  });

  test("with a wrong token is refused in PagerDuty's words, without the token", async () => {
    const tools = sendTools(fakePagerDuty(KEY, "another"), { secret: BOTH });
    const reading = pagerduty.acknowledgement?.({ dedupKey: ID }, tools) as Promise<unknown>;

    await expect(reading).rejects.toThrow(ChannelRefusal);
    await expect(reading).rejects.toThrow(/answered 401: .*Invalid credentials.* Check the REST API key/);
    await expect(reading).rejects.not.toThrow(TOKEN);
  });
});

describe("a failure", () => {
  const sending = (failure: VendorOutcome, secret = KEY): Promise<unknown> => {
    const vendor = fakePagerDuty(KEY);
    vendor.failures.push(failure);
    return pagerduty.send(alert, undefined, sendTools(vendor, { secret }));
  };

  test.each([
    [jsonAnswer(429, {}), 120],
    [jsonAnswer(429, {}, { "Retry-After": "7" }), 7],
    [jsonAnswer(503, {}, { "retry-after": new Date(NOW + 90_000).toUTCString() }), 90],
    [jsonAnswer(500, {}), undefined],
    ["slow" as const, undefined],
    ["cut" as const, undefined],
  ])("that passes is tried again: %j", async (failure, retryAfterSeconds) => {
    const error = await failureOf(sending(failure));

    expect(error).toBeInstanceOf(ChannelUnavailable);
    expect(error.retryAfterSeconds).toBe(retryAfterSeconds);
  });

  test("of what PagerDuty refuses says why, without the key", async () => {
    const words = { status: "invalid event", errors: [`Invalid routing key ${KEY}`] };
    const error = await failureOf(sending(jsonAnswer(400, words)));

    expect(error).toBeInstanceOf(ChannelRefusal);
    expect(error.message).toContain("PagerDuty answered 400");
    expect(error.message).toContain("Invalid routing key [secret]");
    expect(error.message).not.toContain(KEY);
  });

  test.each([
    "",
    "hunter2",
    '{"routingKey": "hunter2"}',
    '{"key": 1}',
    JSON.stringify({ routingKey: KEY, apiToken: "a b" }),
  ])("of a secret that is none says what it must be, and not what it is: %s", async (secret) => {
    const error = await failureOf(sending(jsonAnswer(202, {}), secret));

    expect(error).toBeInstanceOf(ChannelRefusal);
    expect(error.message).toContain("must be an integration key of 32 letters and digits");
    expect(error.message).not.toContain("hunter2");
  });

  test("of a list of incidents that is none is tried again", async () => {
    const vendor = fakePagerDuty(KEY, TOKEN);
    vendor.failures.push({ status: 200, headers: {}, body: "<html>" });
    const tools = sendTools(vendor, { secret: BOTH });

    await expect(pagerduty.acknowledgement?.({ dedupKey: ID }, tools)).rejects.toThrow(ChannelUnavailable);
  });
});

test("the largest card is sent within PagerDuty's limits", async () => {
  const { vendor, tools } = await sendAll([LARGEST_CARD]);

  expect([vendor.alerts.length, vendor.violations]).toEqual([1, []]);
  // What there is room for is used.
  expect(Buffer.byteLength(String(tools.sent[0]?.body))).toBeGreaterThan(200_000);
});

test("whatever a card holds, PagerDuty takes it, and no text hides anything or is a link", async () => {
  await fc.assert(
    fc.asyncProperty(anyCard, async (card) => {
      const vendor = fakePagerDuty(KEY);
      const tools = sendTools(vendor, { secret: KEY });
      await pagerduty.send(card, undefined, tools);

      const { events } = message(card);
      expect(tools.sent).toHaveLength(events.length);
      const texts = textsIn(events.map(({ body }) => ({ ...body, dedup_key: "" })));
      expect(texts.filter((text) => HIDDEN.test(text))).toEqual([]);
      // Links are the card's own.
      const addresses = card.links.map(({ url }) => url);
      const shown = texts.filter((text) => !addresses.includes(text)).map((text) => withoutCommands(text, card));
      expect(shown.filter((text) => /:\/\/|\bwww\./i.test(text))).toEqual([]);
    }),
    { numRuns: propertyRuns(1_000), endOnFailure: true },
  );
});
