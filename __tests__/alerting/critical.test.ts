import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Message } from "../../alerting/messages/message";
import { MemoryStore } from "../../alerting/windows/memory-store";
import { catalogue } from "../../detection/catalogue/catalogue";
import type { Detection } from "../../detection/definition/detection";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { DENIED, FAILED, inWords, sso, stopLogging } from "../detection/events/callers";
import { delivery, enable, expectBalanced, LOG_FILE, logFile, picked, run } from "./run-pipeline";

const trailStopped = catalogue.find(({ id }) => id === "trail-stopped") as Detection;
const CRITICAL: readonly Detection[] = [
  trailStopped,
  { ...trailStopped, id: "by-source", fold: { by: ["eventSource"], minutes: 60 } },
  { ...trailStopped, id: "log-only", path: "log" },
];
const OTHERS: readonly Detection[] = [
  { ...trailStopped, id: "high", severity: "high" },
  { ...trailStopped, id: "high-by-source", severity: "high", fold: { by: ["eventSource"] } },
];
const enabled = enable([...CRITICAL, ...OTHERS]);
const closeWindows: Message = { id: "t", content: { kind: "task", task: "close-windows" } };

interface Alerted {
  readonly detection: string;
  readonly eventID?: string;
  readonly actor: string;
  readonly outcomeKind: string;
}
interface Summed {
  readonly kind: "summary";
  readonly detection: string;
  readonly actor: string;
  readonly count: number;
  readonly total: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly actors: readonly {
    readonly actor: string;
    readonly count: number;
    readonly outcomes: Readonly<Record<string, number>>;
  }[];
  readonly firstEvent: { readonly eventID: string; readonly link: string };
}

/** Invocations that share a store, each with what it published. */
class Deployed {
  readonly #store = new MemoryStore();
  #invocations = 0;

  async invoke(messages: readonly Message[], file: readonly unknown[], now: string, detections = enabled) {
    const owner = `invocation ${this.#invocations++}`;
    const at = Date.parse(now);
    const { published, failures, tally } = await run(
      messages,
      { [LOG_FILE]: logFile(...file) },
      {
        store: this.#store,
        lease: () => ({ owner, now: at, until: at + 120_000 }),
        maxAlertsPerHour: 1_000_000,
        archive: "the-archive",
      },
      detections,
    );
    expectBalanced(tally);
    expect(failures.every((failure) => failure === undefined)).toBe(true);
    return published;
  }
}

describe("one SSO role: jane is denied, then mallory succeeds", () => {
  const jane = stopLogging({
    eventID: "jane",
    eventTime: "2026-11-20T02:01:00Z",
    userIdentity: sso("jane"),
    ...DENIED,
  });
  const mallory = (eventID: string, eventName: string, eventTime: string) =>
    stopLogging({ eventID, eventName, eventTime, userIdentity: sso("mallory"), sourceIPAddress: "198.51.100.9" });
  const all = [
    jane,
    mallory("first", "StopLogging", "2026-11-20T02:03:00Z"),
    mallory("second", "DeleteTrail", "2026-11-20T02:04:00Z"),
  ];

  test("alerts of both at once, and the summary is about mallory", async () => {
    const deployed = new Deployed();
    const published = await deployed.invoke([delivery(LOG_FILE)], all, "2026-11-20T02:10:00Z", enable([trailStopped]));

    expect(published.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/: StopLogging denied in 111122223333 eu-west-1$/),
      expect.stringMatching(/: StopLogging succeeded in 111122223333 eu-west-1$/),
    ]);
    expect(published.map(({ json }) => json)).toMatchObject([
      { eventID: "jane", actor: inWords("jane"), outcomeKind: "denied" },
      { eventID: "first", actor: inWords("mallory"), outcomeKind: "succeeded", outcome: "succeeded" },
    ]);
    const [summary, ...others] = await deployed.invoke([closeWindows], [], "2026-11-20T02:40:00Z");
    expect(others).toEqual([]);
    expect(summary?.json).toMatchObject({
      kind: "summary",
      count: 1,
      actor: inWords("mallory"),
      alerted: { eventID: "first", outcome: "succeeded", actor: inWords("mallory") },
      firstEvent: { eventID: "second", link: expect.stringMatching(/#\/events\/second$/) },
    });
    expect(summary?.email).not.toContain("jane");
  });

  test("names both in the one summary of a severity that isn't critical, and says that calls succeeded", async () => {
    const deployed = new Deployed();
    const high = enable([{ ...trailStopped, severity: "high" }]);
    const published = await deployed.invoke([delivery(LOG_FILE)], all, "2026-11-20T02:10:00Z", high);
    const [summary] = await deployed.invoke([closeWindows], [], "2026-11-20T02:40:00Z");

    expect(published.map(({ json }) => json)).toMatchObject([{ eventID: "jane" }]);
    expect(summary?.subject).toMatch(/^\[HIGH\] 2 more in 15 min, 2 succeeded: /);
    expect(summary?.email).toContain(
      `An alert was sent for the first event (StopLogging, denied, by ${inWords("jane")}). 2 more followed: 2 succeeded.\n`,
    );
    expect(summary?.email).toContain(`\nWho      ${inWords("mallory")}: 2 succeeded\nCalls `);
  });

  test("alerts of a success with other credentials after jane's own, though its session is called jane too", async () => {
    const userIdentity = sso("jane", "ASIAMALLORY");
    const own = stopLogging({ eventID: "own", eventTime: "2026-11-20T02:01:00Z", userIdentity: sso("jane") });
    const foreign = stopLogging({ eventID: "foreign", eventTime: "2026-11-20T02:02:00Z", userIdentity });
    const published = await new Deployed().invoke(
      [delivery(LOG_FILE)],
      [own, foreign],
      "2026-11-20T02:10:00Z",
      enable([trailStopped]),
    );

    expect(published.map(({ json }) => (json as Alerted).eventID)).toEqual(["own", "foreign"]);
  });

  test.each([
    { eventCategory: "Data", managementEvent: false },
    { managementEvent: false, eventCategory: undefined },
  ])("sends no reader of a summary to the event history for a data event: %j", async (kind) => {
    const deployed = new Deployed();
    const deletions = ["a", "b", "c"].map((eventID, second) =>
      stopLogging({ ...kind, eventID, eventTime: `2026-11-20T02:03:0${second}Z`, userIdentity: sso("mallory") }),
    );
    await deployed.invoke([delivery(LOG_FILE)], deletions, "2026-11-20T02:10:00Z", enable([trailStopped]));
    const [summary] = await deployed.invoke([closeWindows], [], "2026-11-20T02:40:00Z");
    const folder = "s3://the-archive/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/";

    expect(summary?.json).toMatchObject({ count: 2, firstEvent: { eventID: "b", link: folder } });
    expect(summary?.email).toContain(
      `Find it in the log archive, some minutes after the call: aws s3 cp ${folder} log-files --recursive && zgrep -l b log-files/*.gz\n`,
    );
    expect(summary?.email).not.toMatch(/lookup-events|https:/);
  });

  test("alerts of a second root sign-in, which has no access key, by its address", async () => {
    const signIn = catalogue.find(({ id }) => id === "root-console-login") as Detection;
    const record = (eventID: string, sourceIPAddress: string) =>
      stopLogging({
        ...{ eventID, sourceIPAddress, eventSource: "signin.amazonaws.com", eventName: "ConsoleLogin" },
        eventType: "AwsConsoleSignIn",
        responseElements: { ConsoleLogin: "Success" },
        userIdentity: {
          ...{ type: "Root", principalId: "111122223333", accountId: "111122223333", accessKeyId: "" },
          arn: "arn:aws:iam::111122223333:root",
        },
      });
    const published = await new Deployed().invoke(
      [delivery(LOG_FILE)],
      [record("a", "203.0.113.77"), record("b", "198.51.100.9"), record("c", "198.51.100.9")],
      "2026-11-20T02:10:00Z",
      enable([signIn]),
    );

    expect(published.map(({ json }) => (json as Alerted).eventID)).toEqual(["a", "b"]);
  });

  test("alerts of each step by which the root user's password is taken over from one address", async () => {
    const steps = ["PasswordRecoveryRequested", "PasswordRecoveryCompleted", "PasswordUpdated"].map((eventName) =>
      stopLogging({
        ...{ eventID: eventName, eventName, eventSource: "signin.amazonaws.com", eventType: "AwsConsoleSignIn" },
        responseElements: { [eventName]: "Success" },
        userIdentity: { type: "Root", accountId: "111122223333", arn: "arn:aws:iam::111122223333:root" },
      }),
    );
    const rootPasswordChanged = catalogue.find(({ id }) => id === "root-password-changed") as Detection;
    const published = await new Deployed().invoke(
      [delivery(LOG_FILE)],
      [...steps, ...steps.map((step) => ({ ...step, eventID: `${step.eventID} again` }))],
      "2026-11-20T02:20:00Z",
      enable([rootPasswordChanged]),
    );

    expect(published.map(({ json }) => (json as Alerted).eventID).sort()).toEqual([
      "PasswordRecoveryCompleted",
      "PasswordRecoveryRequested",
      "PasswordUpdated",
    ]);
  });

  test("alerts of an attempt that failed after one that was denied", async () => {
    const published = await new Deployed().invoke(
      [delivery(LOG_FILE)],
      [jane, { ...jane, ...FAILED, eventID: "failed" }],
      "2026-11-20T02:10:00Z",
      enable([trailStopped]),
    );

    expect(published.map(({ json }) => (json as Alerted).outcomeKind).sort()).toEqual(["denied", "failed"]);
  });

  test("groups denied attempts of one session, whatever its credentials", async () => {
    const attempts = Array.from({ length: 30 }, (_, i) => ({
      ...jane,
      eventID: `attempt ${i}`,
      userIdentity: sso("jane", `ASIA${i}`),
    }));
    const published = await new Deployed().invoke(
      [delivery(LOG_FILE)],
      attempts,
      "2026-11-20T02:10:00Z",
      enable([trailStopped]),
    );

    expect(published).toHaveLength(1);
  });
});

describe("a critical detection that counts", () => {
  const counting: Detection = {
    ...trailStopped,
    id: "counting",
    count: { threshold: 2, minutes: 15, by: ["eventSource"] },
  };
  const call = (eventID: string, session: string, others = {}) =>
    stopLogging({ eventID, userIdentity: sso(session), ...others });
  const alertsOf = async (...records: readonly CloudTrailRecord[]) => {
    const deployed = new Deployed();
    const alerts: (string | undefined)[] = [];
    for (const record of records) {
      const published = await deployed.invoke(
        [delivery(LOG_FILE)],
        [record, record],
        "2026-11-20T02:14:00Z",
        enable([counting]),
      );
      alerts.push(...published.map(({ json }) => (json as Alerted).eventID));
    }
    return alerts;
  };

  test("counts different callers and outcomes together where it says so", async () => {
    expect(await alertsOf(call("a", "jane", DENIED), call("b", "mallory"))).toEqual(["b"]);
  });

  test("alerts once for one caller, however many calls follow", async () => {
    expect(await alertsOf(call("a", "jane"), call("b", "jane"), call("c", "jane"), call("d", "jane"))).toEqual(["b"]);
  });

  test("alerts of another caller, and of another outcome, that reach the threshold alone after its alert", async () => {
    const attempts = [call("a", "jane", DENIED), call("b", "jane", DENIED)];

    expect(await alertsOf(...attempts, call("c", "mallory"), call("d", "mallory"))).toEqual(["b", "d"]);
    expect(await alertsOf(...attempts, call("c", "jane"), call("d", "jane"), call("e", "jane"))).toEqual(["b", "d"]);
  });
});

const callers = [
  sso("jane"),
  sso("mallory"),
  sso("mallory", "ASIASECOND"),
  sso("ci", "ASIACI"),
  {
    type: "IAMUser",
    arn: "arn:aws:iam::111122223333:user/bob",
    userName: "bob",
    accountId: "111122223333",
    accessKeyId: "AKIABOB",
  },
  { type: "Root", arn: "arn:aws:iam::111122223333:root", principalId: "111122223333", accountId: "111122223333" },
];
const drawnEvents = fc.array(
  fc.record({
    second: fc.nat(2_000),
    caller: fc.constantFrom(...callers),
    outcome: fc.constantFrom({}, DENIED, FAILED),
    eventName: fc.constantFrom("StopLogging", "DeleteTrail"),
  }),
  { minLength: 1, maxLength: 25 },
);
/** In which order they come, on which path, and how many of them together. */
const drawnDeliveries = fc.array(
  fc.record({ event: fc.nat(24), path: fc.constantFrom("event", "log"), last: fc.boolean() }),
  { minLength: 1, maxLength: 60 },
);

const outcomeOf = (record: CloudTrailRecord) =>
  record.errorCode === undefined ? "succeeded" : record.errorCode === DENIED.errorCode ? "denied" : "failed";

test("whatever comes in whatever order: a session's first critical success alerts at once, nothing twice, and summaries add up", async () => {
  await fc.assert(
    fc.asyncProperty(drawnEvents, drawnDeliveries, async (drawn, deliveries) => {
      const records = drawn.map(({ second, caller, outcome, eventName }, i) =>
        stopLogging({
          eventID: `e${i}`,
          eventName,
          eventTime: new Date(Date.parse("2026-11-20T02:00:00Z") + second * 1000).toISOString().replace(".000Z", "Z"),
          userIdentity: caller,
          ...outcome,
        }),
      );
      const deployed = new Deployed();
      const succeededBefore = new Set<string>();
      const come = new Set<CloudTrailRecord>();
      const alerts: Alerted[] = [];
      let batch: { readonly record: CloudTrailRecord; readonly path: string }[] = [];
      const invoke = async () => {
        const on = (path: string) => batch.filter((one) => one.path === path).map(({ record }) => record);
        const file = on("log");
        const published = await deployed.invoke(
          [...on("event").map(picked), delivery(LOG_FILE)],
          file,
          "2026-11-20T02:34:00Z",
        );
        const now = published.map(({ json }) => json as Alerted);
        alerts.push(...now);
        const byTime = (a: CloudTrailRecord, b: CloudTrailRecord) =>
          String(a.eventTime).localeCompare(String(b.eventTime)) || String(a.eventID).localeCompare(String(b.eventID));
        for (const { id, fold, path } of CRITICAL) {
          for (const record of [...(path === "log" ? [] : on("event")).sort(byTime), ...file.sort(byTime)]) {
            if (outcomeOf(record) !== "succeeded") continue;
            const minutes = fold?.minutes ?? 15;
            const window = Math.floor(Date.parse(String(record.eventTime)) / (minutes * 60_000));
            const { arn, accessKeyId } = record.userIdentity as { arn: string; accessKeyId?: string };
            const first = `${id} ${window} ${arn} ${accessKeyId}`;
            if (succeededBefore.has(first)) continue;
            succeededBefore.add(first);
            expect(now).toContainEqual(
              expect.objectContaining({ detection: id, eventID: record.eventID, outcomeKind: "succeeded" }),
            );
          }
        }
        batch = [];
      };
      for (const { event, path, last } of deliveries) {
        const record = records[event % records.length] as CloudTrailRecord;
        come.add(record);
        batch.push({ record, path });
        if (last) await invoke();
      }
      // What came as an event alone comes in a log file in the end.
      batch.push(...[...come].map((record) => ({ record, path: "log" })));
      await invoke();

      const told = alerts.map(({ detection, eventID }) => `${detection} ${eventID}`);
      expect(new Set(told).size).toBe(told.length);

      const summaries = (await deployed.invoke([closeWindows], [], "2026-11-20T05:00:00Z")).map(
        ({ json }) => json as Summed,
      );
      const sums = new Map<string, number>();
      for (const { detection, actors, count, total, outcomes } of summaries) {
        let all = 0;
        for (const one of actors) {
          let its = 0;
          for (const [outcome, number] of Object.entries(one.outcomes)) {
            const key = `${detection} ${one.actor} ${outcome}`;
            sums.set(key, (sums.get(key) ?? 0) + number);
            its += number;
          }
          expect(its).toBe(one.count);
          all += its;
        }
        expect([all, Object.values(outcomes).reduce((a, b) => a + b, 0), count]).toEqual([total, total, total]);
      }
      const expected = new Map<string, number>();
      for (const { id } of [...CRITICAL, ...OTHERS]) {
        for (const record of come) {
          if (told.includes(`${id} ${record.eventID}`)) continue;
          const { type, arn } = record.userIdentity as { type: string; arn: string };
          const session = arn.slice(arn.lastIndexOf("/") + 1);
          const actor = { Root: "root user of account 111122223333", IAMUser: "IAM user bob (account 111122223333)" }[
            type
          ];
          const key = `${id} ${actor ?? inWords(session)} ${outcomeOf(record)}`;
          expected.set(key, (expected.get(key) ?? 0) + 1);
        }
      }
      expect(sums).toEqual(expected);
      for (const { detection, actors, actor } of summaries) {
        expect(actor).toBe(actors.length === 1 ? actors[0]?.actor : `${actors.length} callers`);
        if (CRITICAL.some(({ id }) => id === detection)) expect(actors).toHaveLength(1);
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);
