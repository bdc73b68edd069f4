import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Ports } from "../../../alerting/ports";
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
        unacknowledged: [],
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
          },
        ],
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
