import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { closingTime, windowOf } from "../../../alerting/windows/window";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { wrapRecord } from "../../../detection/events/envelope";
import { eventTimeMs } from "../../../detection/events/event-time";
import { anyCharacter } from "../../any-character";
import { unauthorizedDescribe } from "../../detection/events/records";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const YEAR_10000 = 253_402_300_800_000;
const detection = catalogue.find(({ id }) => id === "unauthorized-calls") as Detection;
const at = (eventTime: unknown, overrides = {}) => wrapRecord(unauthorizedDescribe({ eventTime, ...overrides }));
const windowAt = (eventTime: unknown, of = detection) => windowOf(of, at(eventTime));
const spanOf = ({ start, end }: { start: number; end: number }) =>
  [start, end].map((time) => new Date(time).toISOString());

/** Times as CloudTrail writes them, from 1970 to 9999. */
const eventTimes = fc
  .integer({ min: 0, max: YEAR_10000 / 1000 - 1 })
  .map((seconds) => new Date(seconds * 1000).toISOString().replace(".000Z", "Z"));

describe("windowOf", () => {
  test.each([
    ["2026-11-20T02:00:00Z", "2026-11-20T02:00:00.000Z", "2026-11-20T02:15:00.000Z"],
    ["2026-11-20T02:14:59Z", "2026-11-20T02:00:00.000Z", "2026-11-20T02:15:00.000Z"],
    ["2026-11-20T02:15:00Z", "2026-11-20T02:15:00.000Z", "2026-11-20T02:30:00.000Z"],
    ["2026-11-20T02:31:07Z", "2026-11-20T02:30:00.000Z", "2026-11-20T02:45:00.000Z"],
    ["2026-12-31T23:59:59.999Z", "2026-12-31T23:45:00.000Z", "2027-01-01T00:00:00.000Z"],
    ["2026-11-20T04:40:00+02:00", "2026-11-20T02:30:00.000Z", "2026-11-20T02:45:00.000Z"],
  ])("puts an event of %s into the quarter of an hour from %s to %s", (eventTime, start, end) => {
    expect(spanOf(windowAt(eventTime))).toEqual([start, end]);
  });

  test.each([
    ["digest: a day", { tier: "digest" as const }, "2026-11-20T00:00:00.000Z", "2026-11-21T00:00:00.000Z"],
    [
      "count: its own minutes",
      { count: { threshold: 3, minutes: 5 } },
      "2026-11-20T02:10:00.000Z",
      "2026-11-20T02:15:00.000Z",
    ],
    ["group: its own minutes", { group: { minutes: 60 } }, "2026-11-20T02:00:00.000Z", "2026-11-20T03:00:00.000Z"],
  ])("takes for %s", (name, shape, start, end) => {
    const window = windowAt("2026-11-20T02:12:31Z", { ...detection, ...shape });

    expect(spanOf(window)).toEqual([start, end]);
    expect(name.startsWith(window.kind)).toBe(true);
  });

  test("has an id of kind, detection, a hash of the actor, and start", () => {
    expect(windowAt("2026-11-20T02:12:31Z").id).toMatch(
      /^group#unauthorized-calls#[0-9a-f]{24}#2026-11-20T02:00:00\.000Z$/,
    );
  });

  test("says whose window it is, on one line", () => {
    const userIdentity = { type: "IAMUser", userName: "alice\nroot", accountId: "111122223333" };

    expect(windowOf(detection, at("2026-11-20T02:12:31Z", { userIdentity }))).toMatchObject({
      detection: "unauthorized-calls",
      title: detection.title,
      severity: "low",
      actor: "IAM user alice root (account 111122223333)",
    });
  });

  test("is another one for another kind, detection, actor or time, and for nothing else", () => {
    const time = "2026-11-20T02:12:31Z";
    const same = windowOf(detection, at(time, { eventID: "other", eventName: "Other", awsRegion: "us-east-1" }));
    const others = [
      windowAt(time, { ...detection, tier: "digest" }),
      windowAt(time, { ...detection, count: { threshold: 2, minutes: 15 } }),
      windowAt(time, { ...detection, id: "other" }),
      windowOf(detection, at(time, { userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/bob" } })),
      windowAt("2026-11-20T02:15:00Z"),
    ];

    expect(same).toEqual(windowAt(time));
    expect(new Set([same, ...others].map(({ id }) => id)).size).toBe(6);
  });

  describe("of a critical detection", () => {
    const critical: Detection = { ...detection, severity: "critical" };
    const user = (accessKeyId: string, name = "alice") => ({
      ...{ type: "IAMUser", arn: `arn:aws:iam::111122223333:user/${name}`, accountId: "111122223333", accessKeyId },
    });
    const success = { errorCode: undefined, errorMessage: undefined };
    const idOf = (of: Detection, overrides: object) => windowOf(of, at("2026-11-20T02:12:31Z", overrides)).id;

    test.each([
      ["its caller", critical],
      ["fields of its own", { ...critical, group: { by: ["eventSource"] } }],
    ])("that groups by %s is another one for another caller, outcome, or credentials that succeeded", (_, of) => {
      const ids = [
        idOf(of, { userIdentity: user("A") }),
        idOf(of, { userIdentity: user("A", "bob") }),
        idOf(of, { userIdentity: user("A"), errorCode: "Throttling" }),
        idOf(of, { userIdentity: user("A"), ...success }),
        idOf(of, { userIdentity: user("B"), ...success }),
      ];

      expect(new Set(ids).size).toBe(5);
      expect(idOf(of, { userIdentity: user("B") })).toBe(ids[0]);
      expect(idOf(of, { userIdentity: user("B"), ...success, eventID: "x", userAgent: "y" })).toBe(ids[4]);
    });

    test("keeps the fields that the detection groups by", () => {
      const by = { ...critical, group: { by: ["awsRegion"] } };

      expect(idOf(by, { awsRegion: "eu-north-1" })).not.toBe(idOf(by, { awsRegion: "eu-west-1" }));
    });

    test("is the same in whatever order a path writes the record's fields", () => {
      const record = unauthorizedDescribe(success);
      const { userIdentity, ...others } = record;
      const turned = Object.fromEntries(
        Object.entries({
          ...others,
          userIdentity: Object.fromEntries(Object.entries(userIdentity as object).reverse()),
        }).reverse(),
      );

      expect(windowOf(critical, wrapRecord(turned as typeof record)).id).toBe(
        windowOf(critical, wrapRecord(record)).id,
      );
    });

    test("that counts is one, with a count of each caller besides; the digest's is one for all", () => {
      const counting = { ...critical, count: { threshold: 2, minutes: 15 } };
      const [one, other] = [{}, success].map((outcome) =>
        windowOf(counting, at("2026-11-20T02:12:31Z", { userIdentity: user("A"), ...outcome })),
      );

      expect(one?.id).toBe(other?.id);
      expect(one?.callerId).not.toBe(other?.callerId);
      expect(one?.callerId).toMatch(/^count#unauthorized-calls#/);
      expect(windowAt("2026-11-20T02:12:31Z", { ...counting, severity: "high" }).callerId).toBeUndefined();
      expect(idOf({ ...critical, tier: "digest" }, {})).toBe(idOf({ ...critical, tier: "digest" }, success));
    });
  });

  test("holds every event time, which falls into no other window", () => {
    fc.assert(
      fc.property(eventTimes, fc.integer({ min: 1, max: 3 * 24 * 60 }), (eventTime, minutes) => {
        const folding = { ...detection, group: { minutes } };
        const time = Date.parse(eventTime);
        const { id, start, end } = windowAt(eventTime, folding);
        const idAt = (other: number) => windowAt(new Date(other).toISOString(), folding).id;

        expect(start).toBeLessThanOrEqual(time);
        expect(time).toBeLessThan(end);
        expect(end - start).toBe(minutes * MINUTE);
        expect(start % (minutes * MINUTE)).toBe(0);
        expect(idAt(start)).toBe(id);
        expect(idAt(Math.min(end, YEAR_10000) - 1)).toBe(id);
        if (start > 0) expect(idAt(start - 1)).not.toBe(id);
        if (end < YEAR_10000) expect(idAt(end)).not.toBe(id);
      }),
    );
  });

  test("takes any eventTime, and one that can't be read for 1970", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string({ unit: anyCharacter }), fc.string()), (eventTime) => {
        const { start, end } = windowAt(eventTime);

        expect(start).toBeGreaterThanOrEqual(0);
        expect(end - start).toBe(15 * MINUTE);
      }),
    );
  });
});

describe("eventTimeMs", () => {
  test.each([
    undefined,
    null,
    "",
    "yesterday",
    7,
    1_763_604_751_000,
    {},
    "1763604751",
    "2026-11-20",
    "2026-11-20T02:12:31", // of which zone?
    "Fri, 20 Nov 2026 02:12:31 GMT",
    "2026-13-01T00:00:00Z",
    "2026-11-20T25:00:00Z",
    "1969-12-31T23:59:59Z",
    "+010000-01-01T00:00:00Z",
    " 2026-11-20T02:12:31Z",
  ])("can't read %j", (eventTime) => {
    expect(eventTimeMs(at(eventTime))).toBe(0);
    expect(spanOf(windowAt(eventTime))).toEqual(["1970-01-01T00:00:00.000Z", "1970-01-01T00:15:00.000Z"]);
  });

  test("reads CloudTrail's times", () => {
    expect(eventTimeMs(at("2026-11-20T02:12:31Z"))).toBe(Date.UTC(2026, 10, 20, 2, 12, 31));
  });
});

describe("closingTime", () => {
  const window = { start: Date.parse("2026-11-20T02:00:00Z"), end: Date.parse("2026-11-20T02:15:00Z") };

  test.each([
    ["ten minutes after the end, for what comes at once", "2026-11-20T02:00:30Z", "2026-11-20T02:25:00Z"],
    ["ten minutes after the end, for what comes soon after it", "2026-11-20T02:20:00Z", "2026-11-20T02:25:00Z"],
    ["in three minutes, for what comes when it is about to close", "2026-11-20T02:24:00Z", "2026-11-20T02:27:00Z"],
    ["in three minutes, for what comes days later", "2026-11-23T12:00:00Z", "2026-11-23T12:03:00Z"],
    ["a length and ten minutes from now, for what is dated ahead", "2020-01-01T00:00:00Z", "2020-01-01T00:25:00Z"],
  ])("is %s", (_, now, closing) => {
    expect(new Date(closingTime(window, Date.parse(now))).toISOString()).toBe(closing.replace("Z", ".000Z"));
  });

  test("is never sooner than in three minutes, nor later than a length and ten minutes from now", () => {
    const now = Date.parse("2026-11-20T02:00:00Z");
    fc.assert(
      fc.property(fc.oneof(eventTimes, fc.constant("odd")), fc.integer({ min: 1, max: 1440 }), (eventTime, minutes) => {
        const closing = closingTime(windowAt(eventTime, { ...detection, group: { minutes } }), now);

        expect(closing).toBeGreaterThanOrEqual(now + 3 * MINUTE);
        expect(closing).toBeLessThanOrEqual(now + minutes * MINUTE + 10 * MINUTE);
      }),
    );
  });

  test("lets yesterday's digest go out in the morning", () => {
    const { start, end } = windowAt("2026-11-20T23:59:59Z", { ...detection, tier: "digest" });

    expect(end - start).toBe(DAY);
    expect(closingTime({ start, end }, end - MINUTE)).toBeLessThan(Date.parse("2026-11-21T07:00:00Z"));
  });
});
