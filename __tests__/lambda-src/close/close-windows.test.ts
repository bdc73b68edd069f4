import { beforeEach, describe, expect, test } from "@jest/globals";
import { catalogue } from "../../../lambda-src/detections/catalogue";
import type { Detection } from "../../../lambda-src/detections/detection";
import type { Ports } from "../../../lambda-src/ports";
import type { Message } from "../../../lambda-src/read/message";
import { MemoryStore } from "../../../lambda-src/seen/memory-store";
import type { SeenStore } from "../../../lambda-src/seen/seen-store";
import { unauthorizedDescribe } from "../records";
import { delivery, enable, expectBalanced, LOG_FILE, logFile, run } from "../run-pipeline";

const MINUTE = 60_000;
const WINDOW_START = Date.parse("2026-11-20T02:00:00Z");
const WINDOW_END = WINDOW_START + 15 * MINUTE;
const refusedEc2 = catalogue.find(({ id }) => id === "unauthorized-ec2-call") as Detection;
const closeWindows: Message = { id: "t", content: { kind: "task", task: "close-windows" } };
const sendDigest: Message = { id: "t", content: { kind: "task", task: "send-digest" } };

let store: SeenStore;
let now: number;
let invocations: number;
beforeEach(() => {
  store = new MemoryStore();
  now = WINDOW_START + 14 * MINUTE;
  invocations = 0;
});

const invoke = async (
  messages: readonly Message[],
  records: readonly unknown[] = [],
  ports: Partial<Ports> = {},
  detection = refusedEc2,
) => {
  const owner = `invocation ${invocations++}`;
  const lease = () => ({ owner, now, until: now + 120_000 });
  const answer = await run(
    messages,
    { [LOG_FILE]: logFile(...records) },
    { store, lease, ...ports },
    enable([detection]),
  );
  expectBalanced(answer.tally);
  return { ...answer, told: answer.published.map(({ json }) => json) };
};
const refused = (from: number, to: number, overrides: object = {}) =>
  Array.from({ length: to - from }, (_, i) =>
    unauthorizedDescribe({
      eventID: `e${from + i}`,
      eventTime: `2026-11-20T02:${String(Math.floor((from + i) / 60) % 15).padStart(2, "0")}:${String((from + i) % 60).padStart(2, "0")}Z`,
      ...overrides,
    }),
  );
const read = (records: readonly unknown[], ports: Partial<Ports> = {}, detection = refusedEc2) =>
  invoke([delivery(LOG_FILE)], records, ports, detection);
const close = (ports: Partial<Ports> = {}) => invoke([closeWindows], [], ports);

describe("closing windows", () => {
  test("sums up what followed an alert: how often, where, when and what", async () => {
    await read([...refused(0, 100), ...refused(100, 110, { awsRegion: "us-east-1", eventName: "DescribeVpcs" })]);
    now = WINDOW_END + 10 * MINUTE;

    const { told, tally } = await close();

    expect(told).toEqual([
      {
        kind: "summary",
        detection: "unauthorized-ec2-call",
        title: "EC2 call without permission",
        severity: "medium",
        account: "111122223333",
        actor: "IAM user alice (account 111122223333)",
        count: 109,
        total: 109,
        windowStart: "2026-11-20T02:00:00Z",
        windowEnd: "2026-11-20T02:15:00Z",
        regions: ["eu-west-1", "us-east-1"],
        firstTime: "2026-11-20T02:00:01Z",
        lastTime: "2026-11-20T02:01:49Z",
        calls: [
          { eventName: "DescribeInstances", count: 99 },
          { eventName: "DescribeVpcs", count: 10 },
        ],
      },
    ]);
    expect(tally.notices).toEqual({ summaries: 1, digests: 0, postponed: 0, failed: 0 });
  });

  test("waits until ten minutes after the window's end, for log files that come late", async () => {
    await read(refused(0, 3));
    now = WINDOW_END + 10 * MINUTE - 1;

    expect((await close()).told).toEqual([]);
    now++;
    expect((await close()).told).toHaveLength(1);
  });

  test("says nothing when nothing followed, and nothing twice", async () => {
    await read(refused(0, 1));
    now = WINDOW_END + 10 * MINUTE;
    expect((await close()).told).toEqual([]);

    await read(refused(0, 5));
    now += 10 * MINUTE;
    expect((await close()).told).toMatchObject([{ count: 4 }]);
    now += 10 * MINUTE;
    expect((await close()).told).toEqual([]);
  });

  test("tells of what came after it closed, by another summary", async () => {
    await read(refused(0, 5));
    now = WINDOW_END + 10 * MINUTE;
    await close();
    await read(refused(3, 9));
    now += 3 * MINUTE;

    expect((await close()).told).toMatchObject([{ count: 4, total: 8 }]);
  });

  test("is tried again when the summary can't be published, and the message says so", async () => {
    await read(refused(0, 3));
    now = WINDOW_END + 10 * MINUTE;
    const broken = await close({ publish: () => Promise.reject(new Error("SNS is down")) });
    expect(broken.failures).toEqual([expect.stringContaining("SNS is down")]);
    expect(broken.tally.notices.failed).toBe(1);
    expect(broken.lines.some((line) => line.includes("window can't be closed"))).toBe(true);

    expect((await close()).told).toEqual([]);
    now += 120_001;
    expect((await close()).told).toMatchObject([{ count: 2 }]);
  });

  test("fails its message, and no other, when the windows can't be listed", async () => {
    const store = new Proxy(new MemoryStore(), {
      get: (target, name) =>
        name === "dueWindows"
          ? async function* () {
              yield* [];
              throw new Error("socket hang up");
            }
          : Reflect.get(target, name).bind(target),
    });

    const { failures, told } = await invoke([delivery(LOG_FILE), closeWindows, sendDigest], refused(0, 1), { store });

    expect(failures).toEqual([
      undefined,
      expect.stringContaining("socket hang up"),
      expect.stringContaining("socket hang up"),
    ]);
    expect(told).toHaveLength(1);
  });

  test("leaves what there is no time for to the next round", async () => {
    await read(refused(0, 3));
    now = WINDOW_END + 10 * MINUTE;

    expect((await close({ remainingMs: () => 19_000 })).told).toEqual([]);
    expect((await close()).told).toHaveLength(1);
  });

  test("of two rounds at once, one tells", async () => {
    await read(refused(0, 3));
    now = WINDOW_END + 10 * MINUTE;

    const [one, other] = await Promise.all([close(), close()]);

    expect([...one.told, ...other.told]).toHaveLength(1);
  });
});

describe("a flood", () => {
  const actors = (count: number, overrides: object = {}) =>
    Array.from({ length: count }, (_, i) =>
      unauthorizedDescribe({
        eventID: `flood${i}`,
        eventTime: `2026-11-20T02:10:${String(i % 60).padStart(2, "0")}Z`,
        userIdentity: { type: "IAMUser", userName: `user${i}`, arn: `arn:aws:iam::111122223333:user/user${i}` },
        ...overrides,
      }),
    );

  test("is held back beyond the hour's limit, says so once, and is told afterwards", async () => {
    const first = await read(actors(8), { maxAlertsPerHour: 3 });
    expect(first.tally.matches).toMatchObject({ made: 8, published: 3, capped: 5 });
    expect(first.told.slice(0, 1)).toMatchObject([{ kind: "flood", limit: 3, until: "2026-11-20T03:00:00Z" }]);
    expect(first.told.filter((notice) => "eventID" in notice)).toMatchObject([
      { eventID: "flood0" },
      { eventID: "flood1" },
      { eventID: "flood2" },
    ]);

    now = Date.parse("2026-11-20T02:59:59Z");
    const early = await close({ maxAlertsPerHour: 3 });
    expect(early.told).toEqual([]);
    expect(early.tally.notices.postponed).toBe(5);

    now = Date.parse("2026-11-20T03:00:00Z");
    const after = await close({ maxAlertsPerHour: 100 });
    expect(after.told.map((notice) => (notice as { actor: string }).actor).sort()).toEqual(
      [3, 4, 5, 6, 7].map((i) => `IAM user user${i} (account unknown)`),
    );
  });

  test("lets critical alerts through, and they take nobody's place", async () => {
    const critical = { ...refusedEc2, severity: "critical" as const };
    await read(actors(8), { maxAlertsPerHour: 3 }, critical);

    const { tally } = await read(
      actors(3).map((record) => ({ ...record, eventID: `${record.eventID}b`, sourceIPAddress: "b" })),
      { maxAlertsPerHour: 3 },
      { ...refusedEc2, id: "other", fold: { by: ["eventID"] } },
    );

    expect(tally.matches).toMatchObject({ published: 3, capped: 0 });
  });

  test("is over at the full hour", async () => {
    await read(actors(4), { maxAlertsPerHour: 3 });
    now = Date.parse("2026-11-20T03:00:00Z");

    const { tally } = await read(actors(3, { eventTime: "2026-11-20T02:58:00Z" }), { maxAlertsPerHour: 3 });

    expect(tally.matches).toMatchObject({ published: 3, capped: 0 });
  });

  test("of a detection that counts is told afterwards, too", async () => {
    const counting: Detection = { ...refusedEc2, count: { threshold: 2, minutes: 15 } };
    await read(actors(1), { maxAlertsPerHour: 1 });
    const held = await read(refused(0, 3), { maxAlertsPerHour: 1 }, counting);
    expect(held.tally.matches).toMatchObject({ counted: 2, capped: 1 });

    now = Date.parse("2026-11-20T03:00:00Z");
    expect((await close()).told).toMatchObject([{ detection: "unauthorized-ec2-call", count: 1 }]);
  });

  test("makes the alert come again when people can't be told of the flood", async () => {
    const publish = async ({ attributes }: { readonly attributes: { readonly detection: string } }) => {
      if (attributes.detection === "alert-cap") throw new Error("SNS is down");
    };
    const { failures, tally } = await read(actors(2), { maxAlertsPerHour: 1, publish });
    expect(failures).toEqual([expect.stringContaining("SNS is down")]);
    expect(tally.matches).toMatchObject({ published: 1, failed: 1 });
    now += 120_001;

    const again = await read(actors(2), { maxAlertsPerHour: 1 });

    expect(again.told).toMatchObject([{ kind: "flood" }]);
    expect(again.tally.matches).toMatchObject({ duplicate: 1, capped: 1 });
  });
});

describe("the digest", () => {
  const daily: Detection = { ...refusedEc2, tier: "digest" };
  const digest = (ports: Partial<Ports> = {}) => invoke([sendDigest], [], ports, daily);

  test("tells of a day once it is over, by detection and actor", async () => {
    await read(refused(0, 3), {}, daily);
    await read(
      refused(10, 15, { userIdentity: { type: "IAMUser", userName: "bob", arn: "arn:bob", accountId: "1" } }),
      {},
      daily,
    );
    now = Date.parse("2026-11-20T07:00:00Z");
    expect((await digest()).told).toEqual([]);

    now = Date.parse("2026-11-21T07:00:00Z");
    expect((await digest()).told).toEqual([
      {
        kind: "digest",
        day: "2026-11-20",
        account: "111122223333",
        severity: "medium",
        count: 8,
        detections: [
          {
            detection: "unauthorized-ec2-call",
            title: "EC2 call without permission",
            severity: "medium",
            count: 8,
            actors: [
              { actor: "IAM user bob (account 1)", count: 5 },
              { actor: "IAM user alice (account 111122223333)", count: 3 },
            ],
            calls: [{ eventName: "DescribeInstances", count: 8 }],
            regions: ["eu-west-1"],
          },
        ],
      },
    ]);
    expect((await digest()).told).toEqual([]);
  });

  test("is not one of the windows that close every few minutes", async () => {
    await read(refused(0, 3), {}, daily);
    now = Date.parse("2026-11-21T07:00:00Z");

    expect((await close()).told).toEqual([]);
  });

  test("is sent by the next try when this one fails", async () => {
    await read(refused(0, 3), {}, daily);
    now = Date.parse("2026-11-21T07:00:00Z");
    const broken = await digest({ publish: () => Promise.reject(new Error("SNS is down")) });
    expect(broken.failures).toEqual([expect.stringContaining("SNS is down")]);
    now += 120_001;

    expect((await digest()).told).toMatchObject([{ kind: "digest", detections: [{ count: 3 }] }]);
  });

  test("comes again for what there was no time for, not a day later", async () => {
    await read(refused(0, 3), {}, daily);
    now = Date.parse("2026-11-21T07:00:00Z");
    const late = await digest({ remainingMs: () => 59_000 });
    expect(late.told).toEqual([]);
    expect(late.failures).toEqual([expect.stringContaining("no time left for 1 window")]);

    expect((await digest()).told).toMatchObject([{ kind: "digest", count: 3 }]);
  });

  test("tells of all but the window that can't be read, which comes again", async () => {
    const bob = { userIdentity: { type: "IAMUser", userName: "bob", arn: "arn:bob", accountId: "1" } };
    await read([...refused(0, 3), ...refused(10, 15, bob)], {}, daily);
    now = Date.parse("2026-11-21T07:00:00Z");
    let queries = 0;
    const members = async function* (id: string) {
      if (queries++ === 0) throw new Error("socket hang up");
      yield* store.members(id);
    };
    const partly = new Proxy(store, {
      get: (target, name) => (name === "members" ? members : Reflect.get(target, name).bind(target)),
    });

    const { told, failures } = await digest({ store: partly });

    expect(told).toMatchObject([{ kind: "digest", count: 5 }]);
    expect(failures).toEqual([expect.stringContaining("socket hang up")]);
    now += 120_001;
    expect((await digest()).told).toMatchObject([{ kind: "digest", count: 3 }]);
  });
});
