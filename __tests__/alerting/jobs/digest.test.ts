import { beforeEach, describe, expect, test } from "@jest/globals";
import { MemoryIncidentState } from "../../../alerting/incidents/memory-incident-state";
import type { Ports } from "../../../alerting/ports";
import type { ClosingWindow } from "../../../alerting/windows/alert-state";
import type { Detection } from "../../../detection/definition/detection";
import { Invocations, refused, refusedEc2, sendDigest } from "./invocations";

let invocations: Invocations;
beforeEach(() => {
  invocations = new Invocations();
});

describe("the digest", () => {
  const daily: Detection = { ...refusedEc2, tier: "digest" };
  const digest = (ports: Partial<Ports> = {}) => invocations.invoke([sendDigest], [], ports, daily);

  test("tells of a day once it is over, by detection and actor", async () => {
    await invocations.read(refused(0, 3), {}, daily);
    await invocations.read(
      refused(10, 15, { userIdentity: { type: "IAMUser", userName: "bob", arn: "arn:bob", accountId: "1" } }),
      {},
      daily,
    );
    invocations.now = Date.parse("2026-11-20T07:00:00Z");
    expect((await digest()).told).toEqual([]);

    invocations.now = Date.parse("2026-11-21T07:00:00Z");
    expect((await digest()).told).toEqual([
      {
        version: "1.0",
        kind: "digest",
        id: expect.stringMatching(/^digest\/111122223333\/us-east-1\/2026-11-20\/[0-9a-f]{16}$/),
        day: "2026-11-20",
        account: { id: "111122223333" },
        region: "us-east-1",
        severity: "medium",
        count: 8,
        detections: [
          {
            id: "unauthorized-ec2-call",
            title: "EC2 access denied",
            severity: "medium",
            count: 8,
            actors: [
              { actor: "IAM user bob (another account: 1)", count: 5, outcomes: { denied: 5 } },
              { actor: "IAM user alice (account 111122223333)", count: 3, outcomes: { denied: 3 } },
            ],
            outcomes: { denied: 8 },
            calls: [{ name: "DescribeInstances", count: 8 }],
            regions: ["eu-west-1"],
            accounts: [{ id: "111122223333" }],
          },
        ],
        unacknowledged: [],
      },
    ]);
    expect((await digest()).told).toEqual([]);
  });

  test("is not one of the windows that close every few minutes", async () => {
    await invocations.read(refused(0, 3), {}, daily);
    invocations.now = Date.parse("2026-11-21T07:00:00Z");

    expect((await invocations.close()).told).toEqual([]);
  });

  test("is sent by the next try when this one fails", async () => {
    await invocations.read(refused(0, 3), {}, daily);
    invocations.now = Date.parse("2026-11-21T07:00:00Z");
    const broken = await digest({ publish: () => Promise.reject(new Error("SNS is down")) });
    expect(broken.failures).toEqual([expect.stringContaining("SNS is down")]);
    invocations.now += 120_001;

    expect((await digest()).told).toMatchObject([{ kind: "digest", detections: [{ count: 3 }] }]);
  });

  describe("of critical alerts that are not acknowledged", () => {
    const DAY = 24 * 3_600_000;
    const SENT = Date.parse("2026-11-20T02:14:00Z");
    let incidents: MemoryIncidentState;
    beforeEach(async () => {
      incidents = new MemoryIncidentState(invocations.store);
      invocations.now = Date.parse("2026-11-20T07:00:00Z");
    });
    const WINDOW = "unacknowledged#0123456789abcdef-20261120T021405Z";
    const ALERT = { incidentId: "0123456789abcdef-20261120T021405Z", title: "Title", actor: "IAM user ann" };
    /** As the notifier does when it has sent a critical alert to a channel where people acknowledge. */
    const sent = async (windowId = WINDOW, time = "2026-11-20T02:14:05Z") => {
      incidents.alertsToAcknowledge.set(windowId, { ...ALERT, time });
      const times = { start: SENT, end: SENT };
      const about = { detection: "", title: "Title", severity: "critical", actor: "IAM user ann" } as const;
      await invocations.store.openWindow({ id: windowId, kind: "unacknowledged", ...about, ...times }, "", SENT);
    };
    const digest = (ports: Partial<Ports> = {}) => invocations.invoke([sendDigest], [], { incidents, ...ports }, daily);

    test("is sent for them alone, once a day, until they are closed", async () => {
      await sent();
      for (let day = 1; day <= 3; day++) {
        expect((await digest()).told).toMatchObject([{ kind: "digest", count: 0, unacknowledged: [ALERT] }]);
        invocations.now += 3_600_000;
        expect((await digest()).told).toEqual([]);
        invocations.now += DAY - 3_600_000;
      }
    });

    test("changes nothing that the notifier goes by", async () => {
      await sent();
      await digest();
      const lease = { owner: "notifier", now: SENT, until: SENT + 1 };

      expect(await invocations.store.leaseClosing(WINDOW, lease)).toMatchObject({ closesAt: SENT, reported: 0 });
    });

    test("lists the earliest first, beside the day's events", async () => {
      await sent(`${WINDOW}b`, "2026-11-20T03:00:00Z");
      await sent(WINDOW, "2026-11-20T02:14:05Z");
      invocations.now = Date.parse("2026-11-20T02:14:00Z");
      await invocations.read(refused(0, 3), {}, daily);
      invocations.now = Date.parse("2026-11-21T07:00:00Z");

      expect((await digest()).told).toMatchObject([
        { count: 3, unacknowledged: [{ time: "2026-11-20T02:14:05Z" }, { time: "2026-11-20T03:00:00Z" }] },
      ]);
    });

    test("leaves out what is acknowledged", async () => {
      await sent();
      const { store } = invocations;
      const lease = { owner: "notifier", now: SENT, until: SENT + 1 };
      await store.close((await store.leaseClosing(WINDOW, lease)) as ClosingWindow, 0);

      expect((await digest()).told).toEqual([]);
    });

    test("comes again where it can't be sent", async () => {
      await sent();
      const broken = await digest({ publish: () => Promise.reject(new Error("SNS is down")) });
      expect(broken.failures).toEqual([expect.stringContaining("SNS is down")]);
      invocations.now += 120_001;

      expect((await digest()).told).toMatchObject([{ kind: "digest", unacknowledged: [ALERT] }]);
    });

    test("lists what can be read where something can't, and says so", async () => {
      await sent();
      await sent(`${WINDOW}b`);
      const partly = new Proxy(incidents, {
        get: (target, name) => {
          if (name !== "unacknowledged") return Reflect.get(target, name).bind(target);
          return async (id: string) => {
            if (id === WINDOW) throw new Error("socket hang up");
            return target.unacknowledged(id);
          };
        },
      });
      const { told, failures } = await digest({ incidents: partly });

      expect(told).toMatchObject([{ unacknowledged: [ALERT] }]);
      expect(failures).toEqual([expect.stringContaining("socket hang up")]);
    });

    test("comes again where there is no time to read any, and says how many", async () => {
      await sent();
      const late = await digest({ remainingMs: () => 59_000 });
      expect(late).toMatchObject({ told: [], failures: [expect.stringContaining("no time left for 1 unack")] });

      expect((await digest()).told).toMatchObject([{ unacknowledged: [ALERT] }]);
    });

    test("is sent once, of two at once", async () => {
      await sent();
      const [one, other] = await Promise.all([digest(), digest()]);

      expect([...one.told, ...other.told]).toHaveLength(1);
    });
  });

  test("comes again for what there was no time for, not a day later", async () => {
    await invocations.read(refused(0, 3), {}, daily);
    invocations.now = Date.parse("2026-11-21T07:00:00Z");
    const late = await digest({ remainingMs: () => 59_000 });
    expect(late.told).toEqual([]);
    expect(late.failures).toEqual([expect.stringContaining("no time left for 1 window")]);

    expect((await digest()).told).toMatchObject([{ kind: "digest", count: 3 }]);
  });

  test("tells of all but the window that can't be read, which comes again", async () => {
    const bob = { userIdentity: { type: "IAMUser", userName: "bob", arn: "arn:bob", accountId: "1" } };
    await invocations.read([...refused(0, 3), ...refused(10, 15, bob)], {}, daily);
    invocations.now = Date.parse("2026-11-21T07:00:00Z");
    let queries = 0;
    const members = async function* (id: string) {
      if (queries++ === 0) throw new Error("socket hang up");
      yield* invocations.store.members(id);
    };
    const partly = new Proxy(invocations.store, {
      get: (target, name) => (name === "members" ? members : Reflect.get(target, name).bind(target)),
    });

    const { told, failures } = await digest({ store: partly });

    expect(told).toMatchObject([{ kind: "digest", count: 5 }]);
    expect(failures).toEqual([expect.stringContaining("socket hang up")]);
    invocations.now += 120_001;
    expect((await digest()).told).toMatchObject([{ kind: "digest", count: 3 }]);
  });
});
