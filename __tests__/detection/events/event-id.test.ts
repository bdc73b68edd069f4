import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { CloudTrailRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { callId, eventId, isSharedCall } from "../../../detection/events/event-id";
import { copies } from "../../alerting/two-accounts";
import { unauthorizedDescribe } from "./records";

const idOf = (record: CloudTrailRecord) => eventId(wrapRecord(record));
const without = (overrides = {}) => unauthorizedDescribe({ eventID: undefined, ...overrides });

/** The same value with the keys of all its objects the other way round. */
function turned(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(turned);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, child]) => [key, turned(child)])
      .reverse(),
  );
}

describe("eventId", () => {
  test("is the record's eventID, never the envelope's id", () => {
    const event = wrapRecord(unauthorizedDescribe());

    expect(eventId(event)).toBe("5a4e1c93-7b1d-4f0e-9a55-0c2f6d1e8b33");
    expect(eventId({ ...event, id: "of EventBridge" })).toBe(eventId(event));
  });

  test.each([
    undefined,
    null,
    "",
    7,
    {},
    ["5a4e1c93"],
    "~alert",
    "~summary 5",
    "#window",
    "a b",
    "a\n",
    "é",
    "x".repeat(101),
  ])("is a hash where the record's is %j", (eventID) => {
    expect(idOf(unauthorizedDescribe({ eventID }))).toMatch(/^sha256-[0-9a-f]{64}$/);
  });

  test("is the same in whatever order the fields are written", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (odd) => {
        const record = without({ requestParameters: odd });

        expect(idOf(turned(record) as CloudTrailRecord)).toBe(idOf(record));
      }),
    );
  });

  test("is another for another content, order in a list, or odd id", () => {
    const records = [
      without(),
      without({ eventName: "Other" }),
      without({ requestParameters: { list: [1, 2] } }),
      without({ requestParameters: { list: [2, 1] } }),
      without({ requestParameters: { list: { 0: 1, 1: 2 } } }),
      without({ requestParameters: JSON.parse('{"__proto__":{"a":1}}') }),
      without({ requestParameters: {} }),
      without({ eventID: "a b" }),
      without({ eventID: "a c" }),
    ];

    expect(new Set(records.map(idOf)).size).toBe(records.length);
  });
});

describe("callId", () => {
  const { owners, callers } = copies("1");
  const callOf = (record: CloudTrailRecord) => callId(wrapRecord(record));

  test("is one for the records that two accounts have of a call, whatever their eventIDs and identities", () => {
    expect(callOf(owners)).toMatch(/^call\/[0-9a-f]{32}$/);
    expect(callOf(callers)).toBe(callOf(owners));
    expect(isSharedCall(callOf(owners))).toBe(true);
    expect(eventId(wrapRecord(owners))).toBe("owners-1");
    expect(callOf(copies("2").owners)).not.toBe(callOf(owners));
  });

  test.each([
    ["eventName", "TerminateInstances"],
    ["eventSource", "s3.amazonaws.com"],
    ["eventTime", "2026-11-20T02:12:32Z"],
    ["awsRegion", "eu-north-1"],
    ["errorCode", undefined],
    ["eventCategory", "NetworkActivity"],
  ])("is another where an odd record has the same sharedEventID and another %s", (field, value) => {
    expect(callOf({ ...callers, [field]: value })).not.toBe(callOf(owners));
  });

  test.each([undefined, null, "", 7, {}, "a b", "#window", "~alert", "x".repeat(101)])(
    "is account and eventID where the sharedEventID is %j",
    (sharedEventID) => {
      expect(callOf({ ...owners, sharedEventID })).toBe("111122223333/owners-1");
    },
  );

  test("is account and eventID of an Insights event, whose sharedEventID is that of a stretch of time", () => {
    expect(callOf({ ...owners, eventCategory: "Insight" })).toBe("111122223333/owners-1");
  });

  test("is another for the same eventID in another account, and the same on both paths without an account", () => {
    const record = unauthorizedDescribe();
    expect(callOf({ ...record, recipientAccountId: "444455556666" })).not.toBe(callOf(record));

    const nowhere = wrapRecord({ ...record, recipientAccountId: undefined });
    expect(callId({ ...nowhere, account: "777788889999" })).toBe(callId(nowhere));
  });

  test("no text in a record makes its id that of another account's record, or of a call in two accounts", () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom("111122223333/e", "call/0", callOf(owners), callOf(owners).slice(5), "/", "#window", "~alert"),
    );
    const known = [callOf(owners), "111122223333/owners-1"];
    fc.assert(
      fc.property(text, text, text, (eventID, recipientAccountId, sharedEventID) => {
        fc.pre(recipientAccountId !== "111122223333");
        const id = callOf({ ...owners, eventID, recipientAccountId, sharedEventID });

        expect(known).not.toContain(id);
        expect(id).toMatch(/^(call\/|\d{12}\/)?[\w-]{1,100}$/);
      }),
    );
  });
});
