// Over 250 lines: each way in which one event could alert twice, or not at all.
import { describe, expect, test } from "@jest/globals";
import { MemoryIncidentState } from "../../alerting/incidents/memory-incident-state";
import type { AlertToRender } from "../../alerting/notices/alert-renderer";
import { alertRenderer } from "../../alerting/notices/alert-renderer";
import { NO_LABELS } from "../../alerting/notices/labels";
import type { Member } from "../../alerting/windows/alert-state";
import { catalogue } from "../../detection/catalogue/catalogue";
import type { Detection } from "../../detection/definition/detection";
import { DENIED, sso, stopLogging } from "../detection/events/callers";
import { unauthorizedDescribe } from "../detection/events/records";
import { MortalInvocations } from "./mortal-invocations";
import { delivery, LOG_FILE, picked } from "./run-pipeline";

const refused = catalogue.find(({ id }) => id === "unauthorized-ec2-call") as Detection;
const like = (id: string, others: Partial<Detection> = {}): Detection => ({ ...refused, id, ...others });
const high = like("high", { severity: "high" });
const medium = like("medium");
const low = like("low", { severity: "low", path: "log" });
const SEVERAL = [low, medium, high];
const record = (eventID: string, others: object = {}) => unauthorizedDescribe({ eventID, ...others });
const file = delivery(LOG_FILE);

const gist = ({ sent }: MortalInvocations) =>
  sent.map(({ event, detection, also }) => `${event} ${detection} [${also.join(" ")}]`);
/** The endings of all that a window of one event may hold. */
async function endings(invocations: MortalInvocations, detection: string): Promise<readonly (string | undefined)[]> {
  const members: Member[] = [];
  const window = [...(await windowIds(invocations))].find((id) => id.split("#")[1] === detection) ?? "";
  for await (const member of invocations.store.members(window)) members.push(member);
  return members.map(({ ending }) => ending);
}
async function windowIds({ store }: MortalInvocations): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const id of store.dueWindows("group", Number.POSITIVE_INFINITY)) ids.push(id);
  return ids;
}

describe("the detection that leads", () => {
  test.each([
    ["is the most severe", [low, medium, high], "e high [medium low]"],
    ["of one severity is the first by id", [like("b"), like("a")], "e a [b]"],
    ["of one severity is the one of the urgent topic", [like("a"), like("b", { route: "topic" })], "e b [a]"],
    ["is the most severe, whatever goes to the urgent topic", [high, like("a", { route: "topic" })], "e high [a]"],
  ] as const)("%s", async (_, detections, expected) => {
    const both = [[[picked(record("e"))], []] as const, [[file], [record("e")]] as const];
    for (const [messages, records] of both) {
      const invocations = new MortalInvocations(detections);
      await invocations.invoke(messages, records);

      expect(gist(invocations)).toEqual([expected]);
    }
  });

  test("is not one that is reported in the digest or only counted, nor are these named", async () => {
    const invocations = new MortalInvocations([
      like("digest", { severity: "critical", tier: "digest" }),
      like("signal", { severity: "critical", tier: "signal" }),
      medium,
    ]);
    const answer = await invocations.invoke([picked(record("e"))]);

    expect(gist(invocations)).toEqual(["e medium []"]);
    expect(answer?.tally.matches).toMatchObject({ made: 3, published: 1, merged: 0, digested: 1, counted: 1 });
  });

  test("is not one that is suppressed, which leaves the others", async () => {
    const invocations = new MortalInvocations(SEVERAL, [
      {
        ...{ id: "known", owner: "ann", reason: "known", expires: "2027-01-01" },
        ...{ detections: ["high"], pattern: { detail: { awsRegion: ["eu-west-1", "us-east-1"] } } },
      },
    ]);
    const answer = await invocations.invoke([picked(record("e"))]);

    expect(gist(invocations)).toEqual(["e medium [low]"]);
    expect(answer?.tally.matches).toMatchObject({ made: 3, suppressed: 1, published: 1, merged: 1 });
  });
});

describe("an event that comes on both paths", () => {
  test("alerts once, and names what has no rule though EventBridge brought it", async () => {
    const invocations = new MortalInvocations(SEVERAL);
    const first = await invocations.invoke([picked(record("e"))]);
    const second = await invocations.invoke([file], [record("e")]);

    expect(gist(invocations)).toEqual(["e high [medium low]"]);
    expect(first?.tally.matches).toMatchObject({ made: 3, published: 1, merged: 2 });
    expect(second?.tally.matches).toMatchObject({ made: 3, duplicate: 3 });
  });

  test.each([
    ["the event first", true],
    ["the log file first", false],
  ])("at once in two invocations alerts once, %s", async (_, eventFirst) => {
    let left = 0;
    // Every step of the two takes turns with the other's.
    const invocations = new MortalInvocations(SEVERAL, [], async () => {
      for (let turn = left++ % 3; turn >= 0; turn--) await new Promise((resolve) => setImmediate(resolve));
    });
    const ways = [
      () => invocations.invoke([picked(record("e"))]),
      () => invocations.invoke([file], [record("other", { eventTime: "2026-11-20T02:12:30Z" }), record("e")]),
    ];
    await Promise.all((eventFirst ? ways : ways.reverse()).map((invoke) => invoke()));
    invocations.now += 720_000;
    await invocations.invoke([picked(record("e"))]);
    await invocations.invoke([file], [record("other", { eventTime: "2026-11-20T02:12:30Z" }), record("e")]);

    const events = invocations.sent.map(({ event }) => event);
    expect(events).toEqual([...new Set(events)]);
    expect(await endings(invocations, "high")).not.toContain(undefined);
    expect(await endings(invocations, "low")).not.toContain(undefined);
  });

  test("leaves all its detections to the invocation that is at one of them", async () => {
    const invocations = new MortalInvocations(SEVERAL);
    // Dies with the claim of the first.
    await invocations.invoke([picked(record("e"))], [], { step: 2, after: true });
    const answer = await invocations.invoke([file], [record("e")]);

    expect(answer?.tally.matches).toMatchObject({ made: 3, failed: 3 });
    expect(await windowIds(invocations)).toHaveLength(1);
    invocations.now += 120_001;
    await invocations.invoke([file], [record("e")]);
    expect(gist(invocations)).toEqual(["e high [medium low]"]);
  });
});

describe("an invocation that is killed", () => {
  test.each([false, true])(
    "at whichever step, after it: %s, loses no detection and alerts no more than it must",
    async (after) => {
      let killed = 0;
      for (let step = 1; ; step++) {
        const invocations = new MortalInvocations(SEVERAL);
        if (await invocations.invoke([picked(record("e"))], [], { step, after })) break;
        killed++;
        const { length } = invocations.sent;
        invocations.now += 720_000;
        const { tally } = (await invocations.invoke([file], [record("e")])) ?? {};

        const more = length > 0 && invocations.lostAnswers.length === 0 ? 0 : 1;
        expect([step, invocations.sent.length - length]).toEqual([step, more]);
        expect(tally?.matches.failed).toBe(0);
        for (const { id } of SEVERAL) expect([id, await endings(invocations, id)]).toEqual([id, ["published"]]);
      }
      expect(killed).toBeGreaterThan(8);
    },
  );
});

describe("where the lead can't be published", () => {
  const failing = (detection: string) => ({
    renderAlert: (alert: AlertToRender) => {
      if (alert.detection.id === detection) throw new Error("can't be rendered");
      return alertRenderer(NO_LABELS)(alert);
    },
  });

  test("the next leads, and names it", async () => {
    const invocations = new MortalInvocations(SEVERAL);
    const answer = await invocations.invoke([picked(record("e"))], [], undefined, failing("high"));

    expect(gist(invocations)).toEqual(["e medium [high low]"]);
    expect(answer?.tally.matches).toMatchObject({ published: 1, merged: 1, failed: 1 });
    expect(answer?.failed).toEqual([true]);
  });

  test("a more severe one alerts when it comes again: who is notified of that severity alone has had nothing", async () => {
    const invocations = new MortalInvocations(SEVERAL);
    await invocations.invoke([picked(record("e"))], [], undefined, failing("high"));
    invocations.now += 720_000;
    const again = await invocations.invoke([picked(record("e"))]);

    expect(gist(invocations)).toEqual(["e medium [high low]", "e high [medium low]"]);
    expect(again?.tally.matches).toMatchObject({ published: 1, duplicate: 2, failed: 0 });
  });

  test("one of the same severity is merged when it comes again", async () => {
    const invocations = new MortalInvocations([like("a"), like("b")]);
    await invocations.invoke([picked(record("e"))], [], undefined, failing("a"));
    invocations.now += 720_000;
    const again = await invocations.invoke([file], [record("e")]);

    expect(gist(invocations)).toEqual(["e b [a]"]);
    expect(again?.tally.matches).toMatchObject({ published: 0, merged: 1, duplicate: 1 });
    expect(await endings(invocations, "a")).toEqual(["published"]);
  });

  test("and the store can't be asked what became of the others, two alerts are better than none", async () => {
    const invocations = new MortalInvocations([like("a"), like("b")]);
    invocations.store.look = () => Promise.reject(new Error("throttled"));
    await invocations.invoke([picked(record("e"))]);

    expect(gist(invocations)).toEqual(["e a [b]"]);
  });
});

test("a lead that the hour has no place for leaves each window to its own summary", async () => {
  const invocations = new MortalInvocations(SEVERAL);
  const ports = { maxAlertsPerHour: 1 };
  await invocations.invoke(
    [picked(record("first", { userIdentity: { type: "IAMUser", arn: "bob" } }))],
    [],
    undefined,
    ports,
  );
  const answer = await invocations.invoke([picked(record("e"))], [], undefined, ports);

  expect(answer?.tally.matches).toMatchObject({ made: 3, published: 0, merged: 0, rateLimited: 3 });
});

test("what is merged takes no place of the hour", async () => {
  const invocations = new MortalInvocations(SEVERAL);
  const ports = { maxAlertsPerHour: 2 };
  for (const name of ["ann", "bob"]) {
    const userIdentity = { type: "IAMUser", arn: name };
    await invocations.invoke([picked(record(name, { userIdentity }))], [], undefined, ports);
  }

  expect(gist(invocations)).toEqual(["ann high [medium low]", "bob high [medium low]"]);
});

test("a table that fails for one detection keeps the event's others from nothing", async () => {
  const invocations = new MortalInvocations(SEVERAL);
  const { openWindow } = invocations.store;
  invocations.store.openWindow = (...step) =>
    step[0].detection === "high" ? Promise.reject(new Error("throttled")) : openWindow.apply(invocations.store, step);
  const answer = await invocations.invoke([picked(record("e"))]);

  expect(gist(invocations)).toEqual(["e medium [high low]"]);
  expect(answer?.tally.matches).toMatchObject({ published: 1, merged: 1, failed: 1 });
});

describe("a detection that counts", () => {
  const burst = (severity: Detection["severity"]) => like("burst", { severity, count: { threshold: 2, minutes: 15 } });
  const bob = { userIdentity: { type: "IAMUser", arn: "bob" } };

  test("leads where it is the most severe, and where its threshold is reached by an event that alerts otherwise", async () => {
    const perAddress = like("per-address", { group: { by: ["sourceIPAddress"] } });
    const invocations = new MortalInvocations([burst("high"), perAddress]);
    await invocations.invoke([picked(record("first"))]);
    await invocations.invoke([picked(record("second", { sourceIPAddress: "198.51.100.1" }))]);

    expect(gist(invocations)).toEqual(["first per-address [burst]", "second burst [per-address]"]);
  });

  test("is merged where another is more severe", async () => {
    const perAddress = like("per-address", { severity: "high", group: { by: ["sourceIPAddress"] } });
    const invocations = new MortalInvocations([burst("medium"), perAddress]);
    await invocations.invoke([picked(record("first"))]);
    const answer = await invocations.invoke([picked(record("second", { sourceIPAddress: "198.51.100.1" }))]);

    expect(gist(invocations)).toEqual(["first per-address [burst]", "second per-address [burst]"]);
    expect(answer?.tally.matches).toMatchObject({ published: 1, merged: 1 });
  });

  test("does not lead below its threshold", async () => {
    const invocations = new MortalInvocations([burst("critical"), medium]);
    await invocations.invoke([picked(record("e"))]);
    await invocations.invoke([picked(record("of-bob", bob))]);

    expect(gist(invocations)).toEqual(["e medium [burst]", "of-bob medium [burst]"]);
  });

  test("that alerted of the event in an invocation that died then takes the others in", async () => {
    const detections = [burst("high"), like("medium", { group: { by: ["eventID"] } })];
    let deaths = 0;
    for (let step = 1; ; step++) {
      const invocations = new MortalInvocations(detections);
      await invocations.invoke([picked(record("first"))]);
      if (await invocations.invoke([picked(record("second"))], [], { step, after: true })) break;
      deaths++;
      invocations.now += 720_000;
      await invocations.invoke([file], [record("second")]);

      const times = invocations.sent.filter(({ event }) => event === "second").length;
      expect([step, times]).toEqual([step, 1 + invocations.lostAnswers.length]);
      expect(invocations.store.alerted).toEqual(expect.arrayContaining(["burst second", "medium second"]));
    }
    expect(deaths).toBeGreaterThan(5);
  });
});

describe("the incident of an alert", () => {
  test("is joined once for all detections, and written down with each of them", async () => {
    const invocations = new MortalInvocations(SEVERAL);
    const incidents = new MemoryIncidentState(invocations.store);
    const rendered: AlertToRender[] = [];
    const renderAlert = (alert: AlertToRender) => {
      rendered.push(alert);
      return alertRenderer(NO_LABELS)(alert);
    };
    await invocations.invoke([picked(record("e"))], [], undefined, { incidents, renderAlert });
    const later = { eventTime: "2026-11-20T02:31:00Z" };
    await invocations.invoke([picked(record("later", later))], [], undefined, { incidents, renderAlert });

    expect(rendered.map(({ incident }) => incident)).toMatchObject([
      { number: 1, startedAt: Date.parse("2026-11-20T02:12:31Z") },
      { number: 2, severityBefore: "high" },
    ]);
    const [first, second] = rendered.map(({ incident }) => incident?.id);
    expect(second).toBe(first);
    for (const windowId of await windowIds(invocations)) {
      for await (const { incident } of invocations.store.members(windowId)) expect(incident).toBe(first);
    }
  });

  test("goes by person where a role is shared, and rises where one's attempts succeed at last", async () => {
    const invocations = new MortalInvocations(catalogue.filter(({ id }) => id === "trail-stopped"));
    const incidents = new MemoryIncidentState(invocations.store);
    const roles: unknown[] = [];
    const renderAlert = async (alert: AlertToRender) => {
      const notice = await alertRenderer(NO_LABELS)(alert);
      roles.push([Object(notice.json).event.id, notice.attributes.kind, Object(notice.json).incident.role]);
      return notice;
    };
    const calls = [
      stopLogging({ eventID: "jane-denied", userIdentity: sso("jane"), ...DENIED }),
      stopLogging({ eventID: "mallory-denied", userIdentity: sso("mallory"), ...DENIED }),
      stopLogging({ eventID: "mallory-succeeds", userIdentity: sso("mallory") }),
    ];
    for (const call of calls) {
      await invocations.invoke([picked(call)], [], undefined, { incidents, renderAlert });
    }

    expect(roles).toEqual([
      ["jane-denied", "alert", "opens"],
      ["mallory-denied", "alert", "opens"],
      ["mallory-succeeds", "alert", "rises"],
    ]);
  });

  test("that can't be joined keeps no alert back, and is said in the log", async () => {
    const invocations = new MortalInvocations(SEVERAL);
    const incidents = new MemoryIncidentState(invocations.store);
    incidents.join = () => Promise.reject(new Error("throttled"));
    const answer = await invocations.invoke([picked(record("e"))], [], undefined, { incidents });

    expect(gist(invocations)).toEqual(["e high [medium low]"]);
    expect(answer?.failed).toEqual([false]);
    expect(answer?.lines.filter((line) => line.includes("alert can't be joined to its incident"))).toEqual([
      expect.stringMatching(/"detection":"high".*throttled/),
    ]);
  });
});
