import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { parseRecord } from "../../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../../detection/events/envelope";
import { isObject } from "../../../../detection/events/json";
import { matchedDetections } from "../../../../detection/matching/matched-detections";
import { DEFAULT_PACK } from "../../../../tools/bench/logs/default-pack";
import { enabled } from "../../../../tools/bench/logs/enable";
import { logRecords } from "../../../../tools/bench/logs/records";

const RECORDS = 5_000;
const detections = enabled(DEFAULT_PACK);

function matched(record: unknown): readonly string[] {
  return matchedDetections(detections, wrapRecord(parseRecord(record))).map(({ id }) => id);
}

describe("of the records", () => {
  test.each([
    [0, 0],
    [0.02, 100],
    [0.2, 1_000],
  ])("the share %d matches a detection of the default pack, to the record", (matching, expected) => {
    const records = [...logRecords({ seed: 3, records: RECORDS, matching })];

    expect(records).toHaveLength(RECORDS);
    expect(records.filter((record) => matched(record).length > 0)).toHaveLength(expected);
  });

  test("the ones that match are of many detections", () => {
    const ids = [...logRecords({ seed: 3, records: RECORDS, matching: 0.2 })].flatMap(matched);

    expect(new Set(ids).size).toBeGreaterThan(DEFAULT_PACK.length * 0.9);
  });
});

describe("as CloudTrail writes them", () => {
  const records = [...logRecords({ seed: 3, records: RECORDS, matching: 0.02 })];
  const text = JSON.stringify({ Records: records });

  test("records are of 1.2 to 1.4 KB, and gzip leaves a seventh to a tenth of them", () => {
    const bytes = Buffer.byteLength(text);

    expect(bytes / RECORDS).toBeGreaterThan(1_200);
    expect(bytes / RECORDS).toBeLessThan(1_400);
    expect(gzipSync(text).length / bytes).toBeGreaterThan(0.1);
    expect(gzipSync(text).length / bytes).toBeLessThan(0.143);
  });

  test("event ids differ, and times do not go back", () => {
    const times = records.map(({ eventTime }) => String(eventTime));

    expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(RECORDS);
    expect([...times].sort()).toEqual(times);
  });

  test("they have every kind of caller, failures, nothing at all as request, policies in strings, and letters beyond ASCII", () => {
    const types = new Set(records.map(({ userIdentity }) => isObject(userIdentity) && userIdentity.type));

    expect([...types]).toEqual(
      expect.arrayContaining(["IAMUser", "AssumedRole", "AWSService", "AWSAccount", "WebIdentityUser", "Root"]),
    );
    expect(records.some(({ errorCode }) => errorCode === "NoSuchEntityException")).toBe(true);
    expect(records.some(({ requestParameters }) => requestParameters === null)).toBe(true);
    expect(text).toContain(String.raw`\"Statement\":`);
    expect(text).toContain("größe");
    expect(Math.max(...records.map((record) => JSON.stringify(record).length))).toBeGreaterThan(4_000);
  });

  test("they make calls that a detection asks for by name, and not all else that it asks for", () => {
    const asked = new Set(
      DEFAULT_PACK.flatMap(({ pattern }) => {
        const { eventName } = pattern.detail as { readonly eventName?: readonly unknown[] };
        return eventName?.filter((name) => typeof name === "string") ?? [];
      }),
    );
    const near = records.filter((record) => asked.has(String(record.eventName)) && matched(record).length === 0);

    expect(near.length).toBeGreaterThan(RECORDS / 200);
    expect(near.length).toBeLessThan(RECORDS / 20);
  });
});
