// Over 250 lines: all of what one channel does, against one vendor.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseFragment } from "parse5";
import type { Card } from "../../../alerting/channels/card";
import { ChannelRefusal, ChannelUnavailable, type Thread } from "../../../alerting/channels/channel";
import { type JiraMessage, jiraServiceManagement as jira } from "../../../alerting/channels/jira-service-management";
import { EXAMPLE_ALERTS } from "../../channels/example-alerts";
import { alarmCardOf, EXAMPLE_CARDS, INCIDENT_CARDS, shortAlertOf } from "../../channels/example-cards";
import { fakeJira } from "../../channels/vendors/jira-service-management";
import { jsonAnswer, type VendorOutcome } from "../../channels/vendors/vendor";
import { propertyRuns } from "../../property-runs";
import { anyCard, HIDDEN, LARGEST_CARD, textsIn } from "./any-card";
import { expectGolden } from "./golden";
import { failureOf, NOW, sendTools } from "./send-tools";

const KEY = "eb243592-faa2-4ba2-a551-1afdf565c889";
const CLOUD = "2f1b3c4d-0000-4000-8000-00000000abcd";
const LOGIN = { email: "trailwarden@example.com", apiToken: "ATATT3xFfGF0token" };
const SECRET = JSON.stringify({ apiKey: KEY, ...LOGIN });
const alert = Object.values(EXAMPLE_CARDS)[0] as Card;
const [opens, second] = INCIDENT_CARDS as [Card, Card];
const timeline = INCIDENT_CARDS.at(-1) as Card;
const EVENT = EXAMPLE_ALERTS.root?.event.id;
const ID = String(opens.incident?.id);

const message = (card: Card, thread?: Thread): JiraMessage => jira.render(card, {}, thread) as JiraMessage;
const site = () => fakeJira({ apiKey: KEY, cloudId: CLOUD, login: `${LOGIN.email}:${LOGIN.apiToken}` });

/** Sends every card, each with the thread that the one before gave. */
async function sendAll(
  cards: readonly Card[],
  settings = { service: "jira", cloudId: CLOUD } as Record<string, string>,
) {
  const vendor = site();
  const tools = sendTools(vendor, { secret: SECRET, settings });
  let thread: Thread | undefined;
  for (const card of cards) thread = await jira.send(card, thread, tools);
  return { vendor, tools, thread: thread as Thread };
}

test.each(Object.entries(EXAMPLE_CARDS))("%s is sent as its golden file says", (name, card) => {
  const form = message(card);

  expectGolden("jira-service-management", name, form);
});

test("an incident is sent as its golden file says", () => {
  const forms = INCIDENT_CARDS.map((card, place) => message(card, place === 0 ? undefined : { alias: ID }));

  expectGolden("jira-service-management", "incident", forms);
});

describe("an incident", () => {
  test("is one alert with notes, and another for each rise", async () => {
    const { vendor, thread } = await sendAll(INCIDENT_CARDS.slice(0, -1));

    expect(vendor.alerts.map(({ alias, priority, count, notes }) => [alias, priority, count, notes.length])).toEqual([
      [ID, "P3", 10, 10],
      [`${ID}-high`, "P2", 1, 0],
      [`${ID}-critical`, "P1", 1, 0],
    ]);
    expect(vendor.alerts[0]?.notes[1]).toMatch(/^Update 2: DescribeInstances denied by ann in prod\n/);
    expect(vendor.alerts[2]?.message).toMatch(/^Rises to critical: StopLogging/);
    expect(thread).toEqual({ alias: ID });
  });

  test("stays open when it is over, is critical and nobody has acknowledged it, with its timeline as a note", async () => {
    const { vendor } = await sendAll(INCIDENT_CARDS);

    expect(vendor.alerts.map(({ status }) => status)).toEqual(["open", "open", "open"]);
    expect(vendor.alerts[0]?.notes.at(-1)).toMatch(
      /^Incident: 12 alerts by IAM user ann in prod[\s\S]*DeleteTrail succeeded/,
    );
  });

  test("is closed with all its alerts when it is over and was acknowledged", async () => {
    const acknowledged = { by: "ann", at: "2026-11-20T02:20:00Z", through: "slack" };
    const over = { ...timeline, notification: { ...timeline.notification, acknowledged } } as Card;
    const { vendor } = await sendAll([...INCIDENT_CARDS.slice(0, -1), over]);

    expect(vendor.alerts.map(({ status }) => status)).toEqual(["closed", "closed", "closed"]);
  });

  test("is closed when it is over and not critical, and opens none anew", async () => {
    const { vendor, thread, tools } = await sendAll([opens, second, { ...timeline, severity: "medium" }]);
    await jira.send({ ...timeline, severity: "medium" }, thread, tools);

    expect(vendor.alerts.map(({ status, count }) => [status, count])).toEqual([["closed", 2]]);
  });

  test("keeps every alert's text where the answer to its first one was lost and a later one went on", async () => {
    const { vendor, tools } = await sendAll([]);
    vendor.failures.push("cut");
    await expect(jira.send(opens, undefined, tools)).rejects.toThrow();

    const thread = await jira.send(second, undefined, tools);
    await jira.send(opens, thread, tools);

    const [{ message, notes } = { message: "", notes: [] }, ...others] = vendor.alerts;
    expect(others).toEqual([]);
    expect(message).toBe(opens.headline);
    expect(notes[0]).toMatch(/^Update 2: /);
  });

  test("keeps its first alert's text where a later one came before it", async () => {
    const { vendor } = await sendAll([second, opens]);

    expect(vendor.alerts.map(({ count, notes }) => [count, notes.length])).toEqual([[2, 2]]);
    expect(vendor.alerts[0]?.notes.at(-1)).toContain(opens.headline);
  });

  test("loses no first alert where an update has made Jira's, and its process died before it wrote that down", async () => {
    const { vendor, tools } = await sendAll([second]);

    await jira.send(opens, undefined, tools);

    expect(vendor.alerts).toHaveLength(1);
    expect(vendor.alerts[0]?.notes).toHaveLength(2);
    expect(vendor.alerts[0]?.notes[1]).toContain(opens.headline.slice(0, 20));
  });

  test("is a new alert when it goes on after a person has closed it", async () => {
    const { vendor, thread, tools } = await sendAll([opens]);
    vendor.closeBy(ID);
    await jira.send(second, thread, tools);

    expect(vendor.alerts.map(({ status, notes }) => [status, notes.length])).toEqual([
      ["closed", 1],
      ["open", 1],
    ]);
  });
});

test("a digest is not sent, because every alert notifies", async () => {
  const { tools } = await sendAll([EXAMPLE_CARDS.digest as Card]);

  expect(tools.sent).toEqual([]);
});

test.each([
  ["jira", "https://api.atlassian.com/jsm/ops/integration/v2/alerts"],
  ["opsgenie", "https://api.opsgenie.com/v2/alerts"],
  ["opsgenie-eu", "https://api.eu.opsgenie.com/v2/alerts"],
])("service %s is at %s", async (service, url) => {
  const { tools } = await sendAll([alert], { service });

  expect(tools.sent.map((request) => request.url)).toEqual([url]);
  expect(tools.sent[0]?.headers.authorization).toBe(`GenieKey ${KEY}`);
});

test("a channel that gets an incident from its rise on has one alert of it, which later ones are added to", async () => {
  const { vendor } = await sendAll(INCIDENT_CARDS.slice(6, -1));

  expect(vendor.alerts).toHaveLength(1);
  expect(vendor.alerts[0]).toMatchObject({ alias: ID, priority: "P1", count: 6 });
});

test("an alarm is over when it says so, and is another when it comes again", async () => {
  const { vendor } = await sendAll([alarmCardOf("ALARM", "1"), alarmCardOf("OK", "2"), alarmCardOf("ALARM", "3")]);

  expect(vendor.alerts.map(({ status }) => status)).toEqual(["closed", "open"]);
});

test("EventBridge's short alert and the alert with its details page once", async () => {
  const details = EXAMPLE_CARDS.root as Card;
  const vendor = site();
  const tools = sendTools(vendor, { secret: KEY });
  await jira.send(shortAlertOf(details), undefined, tools);
  const thread = await jira.send({ ...details, incident: { id: ID, role: "opens", number: 1 } }, undefined, tools);
  await jira.send(second, thread, tools);

  expect(vendor.alerts.map(({ alias, notes }) => [alias, notes.length])).toEqual([[`event:${EVENT}`, 2]]);
});

describe("an acknowledgement", () => {
  test("in Jira Service Management is the owner's, of the latest severity", async () => {
    const { vendor, tools, thread } = await sendAll(INCIDENT_CARDS.slice(0, 7));
    const before = await jira.acknowledgement?.(thread, tools);
    vendor.acknowledgeBy(`${ID}-critical`, "ann@example.com", 90_000);

    expect(before).toBeUndefined();
    expect(await jira.acknowledgement?.(thread, tools)).toEqual({
      by: "ann@example.com",
      at: Date.parse("2026-11-20T02:03:30Z"),
      through: "jira-service-management",
    });
  });

  test("in Opsgenie is read with the API key, with who and when", async () => {
    const vendor = fakeJira({ apiKey: KEY });
    const tools = sendTools(vendor, { secret: KEY, settings: { service: "opsgenie" } });
    const thread = (await jira.send(opens, undefined, tools)) as Thread;
    vendor.acknowledgeBy(ID, "ann@example.com", 42_000);

    expect(await jira.acknowledgement?.(thread, tools)).toEqual({
      by: "ann@example.com",
      at: Date.parse("2026-11-20T02:00:42Z"),
      through: "jira-service-management",
    });
  });

  test("is none of an alert that is gone", async () => {
    const { vendor, tools, thread } = await sendAll([opens]);
    vendor.closeBy(ID);

    expect(await jira.acknowledgement?.(thread, tools)).toBeUndefined();
  });

  test("from elsewhere is shown with who and through what", async () => {
    const { vendor, tools, thread } = await sendAll(INCIDENT_CARDS.slice(0, 5));
    await jira.acknowledge?.(thread, { by: "ann <b>", at: NOW, through: "slack" }, tools);

    expect(vendor.alerts.map(({ acknowledged, notes }) => [acknowledged, notes.at(-1)])).toEqual([
      [true, "Acknowledged by ann < b> (slack)"],
      [true, "Acknowledged by ann < b> (slack)"],
    ]);
  });

  test("is not read without a token, and needs the site's cloud id with one", async () => {
    const vendor = site();
    const without = sendTools(vendor, { secret: KEY });
    const homeless = sendTools(vendor, { secret: SECRET });

    expect(await jira.acknowledgement?.({ alias: ID }, without)).toBeUndefined();
    await expect(jira.acknowledgement?.({ alias: ID }, homeless)).rejects.toThrow(/set the channel's cloudId/);
    expect([...without.sent, ...homeless.sent]).toEqual([]);
  });

  test("that can't be read is refused without the login", async () => {
    const tools = sendTools(fakeJira({ apiKey: KEY, cloudId: CLOUD, login: "other" }), {
      secret: SECRET,
      settings: { cloudId: CLOUD },
    });
    const error = await failureOf(jira.acknowledgement?.({ alias: ID }, tools));

    expect(error).toBeInstanceOf(ChannelRefusal);
    expect(error.message).toMatch(/answered 401: .*Unauthorized/);
    expect(error.message).not.toContain(LOGIN.apiToken);
  });

  test("that is none is tried again", async () => {
    const { vendor, tools, thread } = await sendAll([opens]);
    vendor.failures.push({ status: 200, headers: {}, body: "<html>" });

    await expect(jira.acknowledgement?.(thread, tools)).rejects.toThrow(ChannelUnavailable);
  });
});

describe("a failure", () => {
  const sending = (failure: VendorOutcome, secret = KEY): Promise<unknown> => {
    const vendor = site();
    vendor.failures.push(failure);
    return jira.send(alert, undefined, sendTools(vendor, { secret }));
  };

  test.each([
    [jsonAnswer(429, {}), 60],
    [jsonAnswer(429, {}, { "Retry-After": "7" }), 7],
    [jsonAnswer(503, {}), undefined],
    ["slow" as const, undefined],
    ["cut" as const, undefined],
  ])("that passes is tried again: %j", async (failure, retryAfterSeconds) => {
    const error = await failureOf(sending(failure));

    expect(error).toBeInstanceOf(ChannelUnavailable);
    expect(error.retryAfterSeconds).toBe(retryAfterSeconds);
  });

  test.each([
    [401, "Check that the secret holds the key of an API integration"],
    [403, "Allow the API integration to create"],
    [422, "The alert is not valid"],
  ])("of what is refused says why and what to do: %d", async (status, remedy) => {
    const error = await failureOf(sending(jsonAnswer(status, { message: `No, ${KEY}` })));

    expect(error).toBeInstanceOf(ChannelRefusal);
    expect(error.message).toContain(`Jira Service Management answered ${status}`);
    expect(error.message).toContain("No, [secret]");
    expect(error.message).toContain(remedy);
    expect(error.message).not.toContain(KEY);
  });

  test.each([
    "",
    "hunter2",
    '{"apiKey": "hunter 2 hunter"}',
    `{"apiKey": "${KEY}", "email": "hunter2"}`,
    "a\nb-hunter2",
  ])("of a secret that is none says what it must be, and not what it is: %j", async (secret) => {
    const error = await failureOf(sending(jsonAnswer(202, {}), secret));

    expect(error).toBeInstanceOf(ChannelRefusal);
    expect(error.message).toContain("must be the API key of an API integration, or JSON");
    expect(error.message).not.toMatch(/hunter/);
  });
});

/** Names of elements that a browser makes of a text. */
function elementsIn(text: string): readonly string[] {
  return parseFragment(text).childNodes.map(({ nodeName }) => nodeName);
}

test("the largest card is sent within Jira's limits, as an alert and as a note", async () => {
  const { vendor } = await sendAll([opens, LARGEST_CARD]);

  expect(vendor.violations).toEqual([]);
  expect(vendor.alerts.map(({ notes }) => notes.length)).toEqual([2]);
});

test("whatever a card holds, Jira takes it, and no text hides anything, or is HTML, Markdown or a link", async () => {
  await fc.assert(
    fc.asyncProperty(anyCard, async (card) => {
      const vendor = site();
      const tools = sendTools(vendor, { secret: KEY });
      await jira.send(card, undefined, tools);

      const { requests } = message(card);
      expect(tools.sent).toHaveLength(requests.length);
      const texts = requests.flatMap(({ body }) => textsIn({ ...body, alias: "" }));
      expect(texts.filter((text) => HIDDEN.test(text))).toEqual([]);
      expect(texts.flatMap(elementsIn).filter((name) => name !== "#text")).toEqual([]);
      expect(texts.filter((text) => /\]\(|\]\[|!\[|\]:|\{\{|&#?\w+;/.test(text))).toEqual([]);
    }),
    { numRuns: propertyRuns(1_000), endOnFailure: true },
  );
});

test("whatever a card holds, only its own links are links", () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      const none = { ...card, links: [], steps: card.steps.map(({ text }) => ({ text, commands: [] })) };
      const texts = message(none).requests.flatMap(({ body }) => textsIn({ ...body, alias: "" }));

      expect(texts.filter((text) => /:\/\/|\bwww\./i.test(text))).toEqual([]);
    }),
    { numRuns: propertyRuns(1_000), endOnFailure: true },
  );
});
