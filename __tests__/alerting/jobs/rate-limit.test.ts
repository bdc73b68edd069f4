import { beforeEach, describe, expect, test } from "@jest/globals";
import type { SummaryNotification } from "../../../alerting/notification/notification";
import type { Detection } from "../../../detection/definition/detection";
import { unauthorizedDescribe } from "../../detection/events/records";
import { Invocations, refused, refusedEc2 } from "./invocations";

let invocations: Invocations;
beforeEach(() => {
  invocations = new Invocations();
});

describe("an alert storm beyond the rate limit", () => {
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
    const first = await invocations.read(actors(8), { maxAlertsPerHour: 3 });
    expect(first.tally.matches).toMatchObject({ made: 8, published: 3, rateLimited: 5 });
    expect(first.told.filter(({ kind }) => kind === "rate-limit")).toMatchObject([
      { kind: "rate-limit", limit: 3, until: "2026-11-20T03:00:00Z" },
    ]);
    expect(first.told.filter(({ kind }) => kind === "alert")).toMatchObject([
      { event: { id: "flood0" } },
      { event: { id: "flood1" } },
      { event: { id: "flood2" } },
    ]);

    invocations.now = Date.parse("2026-11-20T02:59:59Z");
    const early = await invocations.close({ maxAlertsPerHour: 3 });
    expect(early.told).toEqual([]);
    expect(early.tally.notices.postponed).toBe(5);

    invocations.now = Date.parse("2026-11-20T03:00:00Z");
    const after = await invocations.close({ maxAlertsPerHour: 100 });
    expect(
      after.told.flatMap((notice) => (notice as SummaryNotification).actors.map(({ actor }) => actor)).sort(),
    ).toEqual([3, 4, 5, 6, 7].map((i) => `IAM user user${i} (account unknown)`));
  });

  test("lets critical alerts through, and they take nobody's place", async () => {
    const critical = { ...refusedEc2, severity: "critical" as const };
    await invocations.read(actors(8), { maxAlertsPerHour: 3 }, critical);

    const { tally } = await invocations.read(
      actors(3).map((record) => ({ ...record, eventID: `${record.eventID}b`, sourceIPAddress: "b" })),
      { maxAlertsPerHour: 3 },
      { ...refusedEc2, id: "other", group: { by: ["eventID"] } },
    );

    expect(tally.matches).toMatchObject({ published: 3, rateLimited: 0 });
  });

  test("is over at the full hour", async () => {
    await invocations.read(actors(4), { maxAlertsPerHour: 3 });
    invocations.now = Date.parse("2026-11-20T03:00:00Z");

    const { tally } = await invocations.read(actors(3, { eventTime: "2026-11-20T02:58:00Z" }), { maxAlertsPerHour: 3 });

    expect(tally.matches).toMatchObject({ published: 3, rateLimited: 0 });
  });

  test("of a detection that counts is told afterwards, too", async () => {
    const counting: Detection = { ...refusedEc2, count: { threshold: 2, minutes: 15 } };
    await invocations.read(actors(1), { maxAlertsPerHour: 1 });
    const held = await invocations.read(refused(0, 3), { maxAlertsPerHour: 1 }, counting);
    expect(held.tally.matches).toMatchObject({ counted: 2, rateLimited: 1 });

    invocations.now = Date.parse("2026-11-20T03:00:00Z");
    expect((await invocations.close()).told).toMatchObject([{ detection: { id: "unauthorized-ec2-call" }, count: 1 }]);
  });

  test("makes the alert come again when the notice of the rate limit can't be sent", async () => {
    const publish = async ({ attributes }: { readonly attributes: { readonly detection: string } }) => {
      if (attributes.detection === "rate-limit") throw new Error("SNS is down");
    };
    const { failures, tally } = await invocations.read(actors(2), { maxAlertsPerHour: 1, publish });
    expect(failures).toEqual([expect.stringContaining("SNS is down")]);
    expect(tally.matches).toMatchObject({ published: 1, failed: 1 });
    invocations.now += 120_001;

    const again = await invocations.read(actors(2), { maxAlertsPerHour: 1 });

    expect(again.told).toMatchObject([{ kind: "rate-limit" }]);
    expect(again.tally.matches).toMatchObject({ duplicate: 1, rateLimited: 1 });
  });
});
