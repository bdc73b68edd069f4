import { beforeEach, describe, expect, test } from "@jest/globals";
import { MemoryAlertState } from "../../../alerting/windows/memory-alert-state";
import { delivery, LOG_FILE } from "../run-pipeline";
import { closeWindows, Invocations, MINUTE, refused, sendDigest, WINDOW_END } from "./invocations";

const ALICE = "IAM user alice (account 111122223333)";

let invocations: Invocations;
beforeEach(() => {
  invocations = new Invocations();
});

describe("closing windows", () => {
  test("sums up what followed an alert: how often, where, when and what", async () => {
    await invocations.read([
      ...refused(0, 100),
      ...refused(100, 110, { awsRegion: "us-east-1", eventName: "DescribeVpcs" }),
    ]);
    invocations.now = WINDOW_END + 10 * MINUTE;

    const { told, tally } = await invocations.close();

    const first = { name: "DescribeInstances", region: "eu-west-1", actor: ALICE, outcome: "denied" };
    expect(told).toEqual([
      {
        version: "1.0",
        kind: "summary",
        id: expect.stringMatching(/^group#unauthorized-ec2-call#[0-9a-f]{24}#2026-11-20T02:00:00\.000Z\/0$/),
        detection: { id: "unauthorized-ec2-call", title: "EC2 access denied", severity: "medium" },
        severity: "medium",
        account: { id: "111122223333" },
        region: "several",
        rateLimited: 0,
        news: "109 more in 15 min",
        actors: [{ actor: ALICE, count: 109, outcomes: { denied: 109 } }],
        outcomes: { denied: 109 },
        count: 109,
        total: 109,
        windowStart: "2026-11-20T02:00:00Z",
        windowEnd: "2026-11-20T02:15:00Z",
        regions: ["eu-west-1", "us-east-1"],
        firstTime: "2026-11-20T02:00:01Z",
        lastTime: "2026-11-20T02:01:49Z",
        alerted: { id: "e0", ...first },
        firstEvent: { id: "e1", ...first },
        links: {
          event: "https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/e1",
        },
        calls: [
          { name: "DescribeInstances", count: 99 },
          { name: "DescribeVpcs", count: 10 },
        ],
      },
    ]);
    expect(tally.notices).toEqual({ summaries: 1, digests: 0, postponed: 0, failed: 0 });
  });

  test("waits until ten minutes after the window's end, for log files that come late", async () => {
    await invocations.read(refused(0, 3));
    invocations.now = WINDOW_END + 10 * MINUTE - 1;

    expect((await invocations.close()).told).toEqual([]);
    invocations.now++;
    expect((await invocations.close()).told).toHaveLength(1);
  });

  test("says nothing when nothing followed, and nothing twice", async () => {
    await invocations.read(refused(0, 1));
    invocations.now = WINDOW_END + 10 * MINUTE;
    expect((await invocations.close()).told).toEqual([]);

    await invocations.read(refused(0, 5));
    invocations.now += 10 * MINUTE;
    expect((await invocations.close()).told).toMatchObject([{ count: 4 }]);
    invocations.now += 10 * MINUTE;
    expect((await invocations.close()).told).toEqual([]);
  });

  test("tells of what came after it closed, by another summary", async () => {
    await invocations.read(refused(0, 5));
    invocations.now = WINDOW_END + 10 * MINUTE;
    await invocations.close();
    await invocations.read(refused(3, 9));
    invocations.now += 3 * MINUTE;

    expect((await invocations.close()).told).toMatchObject([{ count: 4, total: 8 }]);
  });

  test("is tried again when the summary can't be published, and the message says so", async () => {
    await invocations.read(refused(0, 3));
    invocations.now = WINDOW_END + 10 * MINUTE;
    const broken = await invocations.close({ publish: () => Promise.reject(new Error("SNS is down")) });
    expect(broken.failures).toEqual([expect.stringContaining("SNS is down")]);
    expect(broken.tally.notices.failed).toBe(1);
    expect(broken.lines.some((line) => line.includes("window can't be closed"))).toBe(true);

    expect((await invocations.close()).told).toEqual([]);
    invocations.now += 120_001;
    expect((await invocations.close()).told).toMatchObject([{ count: 2 }]);
  });

  test("fails its message, and no other, when the windows can't be listed", async () => {
    const store = new Proxy(new MemoryAlertState(), {
      get: (target, name) =>
        name === "dueWindows"
          ? async function* () {
              yield* [];
              throw new Error("socket hang up");
            }
          : Reflect.get(target, name).bind(target),
    });

    const { failures, told } = await invocations.invoke([delivery(LOG_FILE), closeWindows, sendDigest], refused(0, 1), {
      store,
    });

    expect(failures).toEqual([
      undefined,
      expect.stringContaining("socket hang up"),
      expect.stringContaining("socket hang up"),
    ]);
    expect(told).toHaveLength(1);
  });

  test("leaves what there is no time for to the next round", async () => {
    await invocations.read(refused(0, 3));
    invocations.now = WINDOW_END + 10 * MINUTE;

    expect((await invocations.close({ remainingMs: () => 19_000 })).told).toEqual([]);
    expect((await invocations.close()).told).toHaveLength(1);
  });

  test("of two rounds at once, one tells", async () => {
    await invocations.read(refused(0, 3));
    invocations.now = WINDOW_END + 10 * MINUTE;

    const [one, other] = await Promise.all([invocations.close(), invocations.close()]);

    expect([...one.told, ...other.told]).toHaveLength(1);
  });
});
