import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { CloudTrailRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { eventId } from "../../../detection/events/event-id";
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
