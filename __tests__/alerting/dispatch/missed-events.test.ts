import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Ports } from "../../../alerting/ports";
import { MemoryReachState } from "../../../alerting/reach/memory-reach-state";
import type { Reach } from "../../../alerting/reach/reach-state";
import { MemoryAlertState } from "../../../alerting/windows/memory-alert-state";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { unauthorizedDescribe } from "../../detection/events/records";
import { closeWindows } from "../jobs/invocations";
import { delivery, enable, LOG_FILE, logFile, NOW, picked, run } from "../run-pipeline";

const MINUTE = 60_000;
const detection = catalogue.find(({ id }) => id === "unauthorized-ec2-call") as Detection;

/** Denied in eu-west-1, some minutes before now; a call that changes something. */
const denied = (id: string, minutesAgo = 8, overrides: object = {}) =>
  unauthorizedDescribe({
    ...{ eventID: id, eventTime: new Date(NOW - minutesAgo * MINUTE).toISOString().replace(".000Z", "Z") },
    ...{ eventName: "RunInstances", readOnly: false, ...overrides },
  });

let store: MemoryAlertState;
let reach: Reach;
beforeEach(() => {
  store = new MemoryAlertState();
  // A deployment of the day before.
  reach = reachOf(new MemoryReachState(NOW - 24 * 60 * MINUTE));
});

function reachOf(state: MemoryReachState, regions = ["us-east-1", "eu-west-1"]): Reach {
  return { regions: new Set(regions), organization: false, state };
}

/** Reads a log file that holds these. */
async function read(
  records: readonly unknown[],
  ports: Partial<Ports> = {},
  judged: readonly Detection[] = [detection],
) {
  const files = { [LOG_FILE]: logFile(...records) };
  const { tally, lines } = await run([delivery(LOG_FILE)], files, { store, reach, ...ports }, enable(judged));
  return { ...tally.reach, published: tally.matches.published, missing: linesOf(lines) };
}

function linesOf(lines: readonly string[]) {
  return lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ message }) => message === "event path missed an event");
}

test("an event that a log file alone has brought is counted, and a line names region, account, detection and event", async () => {
  expect(await read([denied("e1")])).toEqual({
    ...{ missed: 1, missedReadOnly: 0, silent: 0, published: 1 },
    missing: [
      {
        level: "INFO",
        message: "event path missed an event",
        region: "eu-west-1",
        account: "111122223333",
        detection: "unauthorized-ec2-call",
        eventID: "e1",
        eventName: "RunInstances",
        readOnly: false,
      },
    ],
  });
});

test("the line has the record's own id, whatever a call is deduplicated by", async () => {
  const own = await read([denied("e1", 8, { recipientAccountId: "444455556666" })]);
  const shared = await read([denied("e2", 8, { sharedEventID: "s1", recipientAccountId: "444455556666" })]);

  expect([...own.missing, ...shared.missing]).toMatchObject([
    { account: "444455556666", eventID: "e1" },
    { account: "444455556666", eventID: "e2" },
  ]);
});

test("one that the event path has brought is not, whichever path is asked again", async () => {
  await run([picked(denied("e1"))], {}, { store, reach }, enable([detection]));

  expect(await read([denied("e1")])).toMatchObject({ missed: 0, published: 0, missing: [] });
  expect(await read([denied("e1")])).toMatchObject({ missed: 0 });
});

test("an event that the event path alone has brought is not", async () => {
  const { tally } = await run([picked(denied("e1"))], {}, { store, reach }, enable([detection]));

  expect(tally.matches.published).toBe(1);
  expect(tally.reach).toEqual({ missed: 0, missedReadOnly: 0, silent: 0 });
});

test("the other path's event with the same window is no witness: what is grouped behind its alert is counted", async () => {
  await run([picked(denied("e1"))], {}, { store, reach }, enable([detection]));

  expect(await read([denied("e1"), denied("e2"), denied("e3")])).toMatchObject({ missed: 2, published: 0 });
});

test("an event that several detections match is counted once, and what is merged and rate-limited is", async () => {
  const other: Detection = { ...detection, id: "other", severity: "low" };
  expect(await read([denied("e1")], {}, [detection, other])).toMatchObject({ missed: 1, published: 1 });

  const limited = await read([denied("e2", 8, { userIdentity: { type: "Root" } })], { maxAlertsPerHour: 0 });
  expect(limited).toMatchObject({ missed: 1, published: 0 });
});

test("a call that only reads is counted apart: nothing says that EventBridge matches it after its way to another region", async () => {
  const { missed, missedReadOnly, missing } = await read([unauthorizedDescribe({ eventID: "e1" })]);

  expect({ missed, missedReadOnly }).toEqual({ missed: 0, missedReadOnly: 1 });
  expect(missing).toMatchObject([{ eventID: "e1", readOnly: true }]);
});

describe("not counted is", () => {
  const notMissed = { missed: 0, missedReadOnly: 0, missing: [] };

  test.each<[string, object]>([
    ["a region without a forwarder", { awsRegion: "ap-southeast-2" }],
    ["a global event, where the region of global events is not watched", { awsRegion: "us-east-1" }],
    ["an event without a region", { awsRegion: undefined }],
    ["a data event", { eventCategory: "Data" }],
  ])("an event of %s", async (_, overrides) => {
    reach = reachOf(new MemoryReachState(0), ["eu-west-1"]);

    expect(await read([denied("e1", 8, overrides)])).toMatchObject({ ...notMissed, published: 1 });
    expect(await read([denied("e2")])).toMatchObject({ missed: 1 });
  });

  test.each<[string, Partial<Detection>]>([
    ["that has no rule", { path: "log" }],
    ["of tier digest", { tier: "digest" }],
    ["that counts", { count: { threshold: 2, minutes: 15 } }],
  ])("a detection %s", async (_, change) => {
    const judged = [{ ...detection, ...change } as Detection];
    expect(await read([denied("e1"), denied("e2")], {}, judged)).toMatchObject(notMissed);
  });

  test("an event of more than an hour ago: its log file comes late, or comes again", async () => {
    expect(await read([denied("e1", 61)])).toMatchObject({ ...notMissed, published: 1 });
    expect(await read([denied("e2", 60)])).toMatchObject({ missed: 1 });
  });

  test("an event of before the deployment, or of the quarter of an hour after it", async () => {
    reach = reachOf(new MemoryReachState(NOW - 30 * MINUTE));

    expect(await read([denied("e1", 40)])).toMatchObject({ ...notMissed, published: 1 });
    expect(await read([denied("e2", 16)])).toMatchObject(notMissed);
    expect(await read([denied("e3", 15)])).toMatchObject({ missed: 1 });
  });

  test("any event until a schedule has noted the deployment", async () => {
    reach = reachOf(new MemoryReachState());
    expect(await read([denied("e1")])).toMatchObject({ ...notMissed, published: 1 });

    const first = new MemoryReachState();
    const before = NOW - 60 * MINUTE;
    const lease = () => ({ owner: "clock", now: before, until: before + 1 });
    await run([closeWindows], {}, { reach: reachOf(first), lease }, enable([detection]));
    reach = reachOf(first);
    expect(await read([denied("e2")])).toMatchObject({ missed: 1 });
  });

  test("anything where there is only the home region of one account", async () => {
    expect(await read([denied("e1")], { reach: undefined })).toMatchObject({ ...notMissed, published: 1 });
  });
});

test("an alert that can't be published is counted when it comes again and is, once", async () => {
  const down = { publish: () => Promise.reject(new Error("SNS is down")) };
  expect(await read([denied("e1")], down)).toMatchObject({ missed: 0, published: 0 });

  expect(await read([denied("e1")])).toMatchObject({ missed: 1, published: 1 });
  expect(await read([denied("e1")])).toMatchObject({ missed: 0, published: 0 });
});

test("where the table can't say since when, the alert goes out all the same, and a line says why it isn't counted", async () => {
  const state = new MemoryReachState();
  state.watchedSince = () => Promise.reject(new Error("throttled"));
  const files = { [LOG_FILE]: logFile(denied("e1")) };
  const { tally, lines, failed } = await run(
    [delivery(LOG_FILE)],
    files,
    { store, reach: reachOf(state) },
    enable([detection]),
  );

  expect(tally).toMatchObject({ matches: { published: 1, failed: 0 }, reach: { missed: 0 } });
  expect(failed).toEqual([false]);
  expect(lines.join()).toContain("missed event can't be counted");
});

test("an invocation writes 20 lines at most and counts them all", async () => {
  const many = Array.from({ length: 30 }, (_, i) => denied(`e${i}`));

  const { missed, missing } = await read(many);

  expect(missed).toBe(30);
  expect(missing).toHaveLength(20);
});
