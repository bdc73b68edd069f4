import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { wrapRecord } from "../../../detection/events/envelope";
import { matchedDetections } from "../../../detection/matching/matched-detections";
import { rulingsOn } from "../../../detection/suppressions/enabled-suppressions";
import type { Suppression } from "../../../detection/suppressions/suppression";
import {
  delivery,
  enable,
  enableAll,
  expectBalanced,
  LOG_FILE,
  logFile,
  picked,
  run,
  shipped,
} from "../../alerting/run-pipeline";
import { rootGetCallerIdentity, unauthorizedDescribe } from "../events/records";

const ofAlice: Suppression = {
  id: "alice",
  detections: ["unauthorized-calls", "unauthorized-ec2-call"],
  pattern: { detail: { userIdentity: { userName: ["alice"] } } },
  owner: "security@example.com",
  reason: "Alice tests",
  expires: "2026-11-20",
};
const byId = (id: string) => catalogue.find((detection) => detection.id === id) as Detection;
const file = (...records: readonly unknown[]) => ({ [LOG_FILE]: logFile(...records) });
const fromFile = (records: readonly unknown[], suppressions: readonly Suppression[], enabled = shipped) =>
  run([delivery(LOG_FILE)], file(...records), {}, enabled, enableAll(suppressions, enabled.detections));

describe("a suppression", () => {
  test("keeps what it covers from being told, on both paths, and is counted by its id", async () => {
    const both = [delivery(LOG_FILE), picked()];

    const { alerts, tally } = await run(both, file(unauthorizedDescribe()), {}, shipped, enableAll([ofAlice]));

    expect(alerts).toEqual([]);
    expect(tally.matches).toMatchObject({ made: 6, suppressed: 4, counted: 1, duplicate: 1 });
    expect(tally.suppressions).toEqual({ by: { alice: 4 }, expired: 0 });
    expectBalanced(tally);
  });

  test("is counted whatever its id is", async () => {
    const { tally } = await fromFile([unauthorizedDescribe()], [{ ...ofAlice, id: "constructor" }]);

    expect(tally.suppressions.by).toEqual({ constructor: 2 });
    expectBalanced(tally);
  });

  test("leaves other events and other detections alone", async () => {
    const bob = unauthorizedDescribe({ eventID: "bob", userIdentity: { type: "IAMUser", userName: "bob" } });
    const onlyEc2 = { ...ofAlice, detections: ["unauthorized-ec2-call"] };

    const { alerts, tally } = await fromFile([unauthorizedDescribe(), bob], [onlyEc2]);

    expect(alerts.sort()).toEqual(["unauthorized-calls 5a4e1c93", "unauthorized-ec2-call bob"]);
    expect(tally.suppressions.by).toEqual({ alice: 1 });
  });

  test("keeps events from being counted towards a threshold", async () => {
    const counting = enable([{ ...byId("unauthorized-calls"), count: { threshold: 3, minutes: 15 } }]);
    const calls = (userName: string) =>
      [1, 2, 3].map((i) =>
        unauthorizedDescribe({ eventID: `${userName}-${i}`, userIdentity: { type: "IAMUser", arn: "one", userName } }),
      );
    const suppression = { ...ofAlice, detections: ["unauthorized-calls"] };

    const quiet = await fromFile([...calls("alice"), ...calls("bob").slice(1)], [suppression], counting);
    const told = await fromFile([...calls("alice"), ...calls("bob")], [suppression], counting);

    expect([quiet.alerts, quiet.tally.matches.counted]).toEqual([[], 2]);
    expect(told.alerts).toHaveLength(1);
  });

  test("works through its last day, by the event's own time, and is then told of once a run", async () => {
    const at = (eventTime: string, eventID: string) => unauthorizedDescribe({ eventTime, eventID });
    const records = [
      at("2026-11-20T23:59:59Z", "before"),
      at("2026-11-21T00:00:00Z", "after-1"),
      at("2026-11-21T00:20:00Z", "after-2"),
      at("whenever", "undated"),
    ];

    const { alerts, tally, lines } = await fromFile(records, [{ ...ofAlice, detections: ["unauthorized-ec2-call"] }]);

    expect(alerts.filter((alert) => alert.startsWith("unauthorized-ec2-call")).sort()).toEqual([
      "unauthorized-ec2-call after-1",
      "unauthorized-ec2-call after-2",
      "unauthorized-ec2-call undated",
    ]);
    expect(tally.suppressions).toEqual({ by: { alice: 1 }, expired: 3 });
    expect(lines.map((line) => JSON.parse(line)).filter(({ suppression }) => suppression !== undefined)).toEqual([
      { level: "WARN", message: "suppression has expired", suppression: "alice" },
    ]);
    expectBalanced(tally);
  });

  test("that has expired leaves the work to one that has not", () => {
    const later = { ...ofAlice, id: "later", expires: "2027-01-01" };
    const event = wrapRecord(unauthorizedDescribe({ eventTime: "2026-12-01T00:00:00Z" }));

    expect(rulingsOn(enableAll([ofAlice, later]), event)(byId("unauthorized-calls"))).toEqual({
      suppressedBy: "later",
    });
  });

  test("is counted once where two cover a match: the first", () => {
    const other = { ...ofAlice, id: "other" };
    const ruling = rulingsOn(enableAll([ofAlice, other]), wrapRecord(unauthorizedDescribe()));

    expect(ruling(byId("unauthorized-calls"))).toEqual({ suppressedBy: "alice" });
  });

  test("of all detections spares neither the critical ones nor those that EventBridge tells of", async () => {
    const everything: Suppression = { ...ofAlice, detections: "*", pattern: { source: [{ prefix: "aws." }] } };
    const stopped = unauthorizedDescribe({
      eventID: "stopped",
      eventSource: "cloudtrail.amazonaws.com",
      eventName: "StopLogging",
    });

    const { alerts } = await fromFile([stopped, rootGetCallerIdentity()], [everything]);

    expect(alerts.sort()).toEqual(["root-get-caller-identity 5a4e1c95", "trail-stopped stopped"]);
  });

  test("of all detections spares what EventBridge tells of, however grave", () => {
    const everything: Suppression = { ...ofAlice, detections: "*" };
    const topical: Detection = { ...byId("unauthorized-ec2-call"), route: "topic" };
    const ruling = rulingsOn(enableAll([everything]), wrapRecord(unauthorizedDescribe()));

    expect([ruling(topical), ruling(byId("unauthorized-ec2-call"))]).toEqual([{}, { suppressedBy: "alice" }]);
  });

  test("of a critical detection works where it is named", async () => {
    const stopped = unauthorizedDescribe({ eventSource: "cloudtrail.amazonaws.com", eventName: "StopLogging" });

    const { tally } = await fromFile([stopped], [{ ...ofAlice, detections: ["trail-stopped"] }]);

    expect(tally.suppressions.by).toEqual({ alice: 1 });
  });
});

const users = ["alice", "bob", "carol"];
const records = fc
  .array(
    fc.record({
      userName: fc.constantFrom(...users),
      eventName: fc.constantFrom("DescribeInstances", "RunInstances", "StopLogging"),
      eventSource: fc.constantFrom("ec2.amazonaws.com", "cloudtrail.amazonaws.com", "iam.amazonaws.com"),
      hour: fc.integer({ min: 0, max: 71 }),
    }),
    { maxLength: 10 },
  )
  .map((drawn) =>
    drawn.map(({ userName, eventName, eventSource, hour }, i) =>
      unauthorizedDescribe({
        eventID: `e${i}`,
        eventName,
        eventSource,
        eventTime: new Date(Date.parse("2026-11-19T00:30:00Z") + hour * 3_600_000).toISOString(),
        userIdentity: { type: "IAMUser", arn: userName, userName },
      }),
    ),
  );
const suppressible = catalogue.filter(({ route }) => route !== "topic").map(({ id }) => id);
const drawnSuppressions = fc
  .array(
    fc.record({
      detections: fc.oneof(
        fc.constant("*" as const),
        fc.subarray(suppressible, { minLength: 1 }),
        fc.constant(["trail-stopped", "unauthorized-calls"]),
      ),
      userName: fc.subarray(users, { minLength: 1 }),
      expires: fc.constantFrom("2026-11-18", "2026-11-19", "2026-11-20", "2026-11-30"),
    }),
    { maxLength: 4 },
  )
  .map((drawn) =>
    drawn.map(
      ({ detections, userName, expires }, i): Suppression => ({
        id: `s${i}`,
        detections,
        pattern: { detail: { userIdentity: { userName } } },
        owner: "o",
        reason: "r",
        expires,
      }),
    ),
  );

/** The same, thought out anew: by whom, of what, until when. */
function spoken({ detections, pattern, expires }: Suppression, detection: Detection, record: object): boolean {
  const { userName } = (pattern as { detail: { userIdentity: { userName: readonly string[] } } }).detail.userIdentity;
  const { eventTime, userIdentity } = record as { eventTime: string; userIdentity: { userName: string } };
  const named = detections === "*" ? detection.severity !== "critical" : detections.includes(detection.id);
  return named && userName.includes(userIdentity.userName) && eventTime.slice(0, 10) <= String(expires);
}

test("suppressions narrow, and only narrow: what remains is what matched less what they cover", async () => {
  await fc.assert(
    fc.asyncProperty(records, drawnSuppressions, async (drawn, suppressions) => {
      const enabled = enableAll(suppressions);
      const plain = await run([delivery(LOG_FILE)], file(...drawn));
      const { tally } = await run([delivery(LOG_FILE)], file(...drawn), {}, shipped, enabled);

      let expected = 0;
      for (const record of drawn) {
        const event = wrapRecord(record);
        const ruling = rulingsOn(enabled, event);
        for (const detection of matchedDetections(shipped, event)) {
          const covered = suppressions.some((suppression) => spoken(suppression, detection, record));
          expect(ruling(detection).suppressedBy !== undefined).toBe(covered && detection.route !== "topic");
          if (covered && detection.route !== "topic") expected++;
        }
      }

      expect(tally.matches.made).toBe(plain.tally.matches.made);
      expect(tally.matches.suppressed).toBe(expected);
      expect(plain.tally.matches.suppressed).toBe(0);
      expectBalanced(tally);
    }),
    { numRuns: 100 },
  );
});
