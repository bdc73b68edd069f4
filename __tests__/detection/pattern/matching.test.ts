import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  type CompiledPatterns,
  compilePattern,
  compilePatterns,
  questionsOf,
} from "../../../detection/pattern/compile";
import { matches, matching } from "../../../detection/pattern/match";
import { satisfied } from "../../../detection/pattern/satisfy";
import { propertyRuns } from "../../property-runs";

const names = ["RunInstances", "StopLogging", "AccessDenied", "aws.iam", "Root"];
const value = fc.constantFrom<unknown>(...names, "", 5, true, null);

const condition = fc.oneof(
  { weight: 4, arbitrary: value },
  { weight: 2, arbitrary: fc.record({ prefix: fc.constantFrom("Run", "Access", "") }) },
  { weight: 1, arbitrary: fc.record({ exists: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ "anything-but": fc.constantFrom(...names) }) },
);
const leaf = fc.array(condition, { minLength: 1, maxLength: 3 });
const detail = fc.dictionary(fc.constantFrom("eventName", "errorCode", "eventSource", "other"), leaf, { minKeys: 1 });
const pattern = fc.oneof(
  fc.record({ source: leaf }),
  fc.record({ detail }),
  fc.record({ source: leaf, detail }),
  fc.record({ detail: fc.record({ userIdentity: fc.record({ type: leaf }) }) }),
  fc.record({ "detail-type": leaf, detail: fc.record({ $or: fc.tuple(detail, detail) }) }),
);

const leafOfEvent = fc.oneof(value, fc.array(value, { maxLength: 3 }), fc.array(fc.record({ type: value })));
const strangeEvent = fc.dictionary(
  fc.constantFrom("source", "detail-type", "detail", "detail.eventName", "detail.userIdentity.type"),
  fc.oneof(
    leafOfEvent,
    fc.dictionary(
      fc.constantFrom("eventName", "errorCode", "eventSource", "other", "userIdentity.type", "userIdentity"),
      fc.oneof(leafOfEvent, fc.record({ type: leafOfEvent })),
    ),
  ),
);
const name = fc.constantFrom(...names, "RunInstancesNow", "Access");
const plainDetail = { eventName: name, errorCode: name, userIdentity: fc.record({ type: name }) };
const plainEvent = fc.record(
  { source: name, "detail-type": name, detail: fc.record(plainDetail, { requiredKeys: [] }) },
  { requiredKeys: ["detail"] },
);
const event = fc.oneof(strangeEvent, plainEvent);

/** Asks every conjunction, wherever it is filed. */
function askedOfAll(patterns: CompiledPatterns, one: unknown): readonly number[] {
  const filed = patterns.indexes.flatMap(({ byText, byPrefix, present }) => [
    ...[...byText.values()].flat(),
    ...[...byPrefix.values()].flatMap((ofLength) => [...ofLength.values()].flat()),
    ...present,
  ]);
  const found = patterns.fields.finish(patterns.fields.begin(one));
  const matched = [...filed, ...patterns.unindexed].filter((each) => satisfied(questionsOf(patterns, each), found));
  return [...new Set(matched.map(({ pattern }) => pattern))].sort((a, b) => a - b);
}

describe("matching", () => {
  test("finds by the indexes what asking everything finds", () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 12 }), fc.array(event, { maxLength: 4 }), (patterns, events) => {
        const compiled = compilePatterns(patterns);
        for (const one of events) expect(matching(compiled, one)).toEqual(askedOfAll(compiled, one));
      }),
      { numRuns: propertyRuns(1_000) },
    );
  });

  test("finds of many patterns those that match alone", () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 12 }), fc.array(event, { maxLength: 4 }), (patterns, events) => {
        const together = compilePatterns(patterns);
        for (const one of events) {
          const alone = patterns.flatMap((each, number) => (matches(compilePattern(each), one) ? [number] : []));
          expect(matching(together, one)).toEqual(alone);
        }
      }),
      { numRuns: propertyRuns(1_000) },
    );
  });

  test("tells true from false for any JSON, and changes nothing", () => {
    const compiled = compilePatterns([
      { detail: { eventName: ["x"], items: { a: [{ exists: false }], b: ["y"] } } },
      { source: [{ prefix: "" }] },
    ]);

    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), event), (one) => {
        const before = JSON.stringify(one);
        expect(Array.isArray(matching(compiled, one))).toBe(true);
        expect(JSON.stringify(one)).toBe(before);
      }),
    );
  });

  test("asks each pattern of what indexes lead to once", () => {
    const compiled = compilePatterns([{ detail: { eventName: ["a", "b"] } }]);

    expect(matching(compiled, { detail: { eventName: ["a", "b"] } })).toEqual([0]);
  });
});

describe("an index", () => {
  test.each([
    ["an event name before a source", { source: ["s"], detail: { eventName: ["x", "x"] } }, { texts: ["x"] }],
    [
      "how an event name begins before a source",
      { source: ["s"], detail: { eventName: ["x", { prefix: "Put" }, { prefix: "Get" }, { prefix: "Delete" }] } },
      { texts: ["x"], prefixes: ["Put", "Get", "Delete"] },
    ],
    [
      "an identity type before an error",
      { detail: { errorCode: [{ prefix: "A" }], userIdentity: { type: ["x"] } } },
      { texts: ["x"] },
    ],
    ["an error before a source", { source: ["s"], detail: { errorCode: [{ suffix: "A" }] } }, { present: 1 }],
    ["how an error begins", { source: ["s"], detail: { errorCode: [{ prefix: "A" }] } }, { prefixes: ["A"] }],
    [
      "an error that is there where any will do",
      { source: ["s"], detail: { errorCode: [{ prefix: "" }] } },
      { present: 1 },
    ],
    [
      "a source where upper and lower case are one",
      { source: ["x"], detail: { eventName: [{ prefix: { "equals-ignore-case": "a" } }] } },
      { texts: ["x"] },
    ],
    [
      "a source where an error must be absent",
      { source: ["x"], detail: { errorCode: [{ exists: false }] } },
      { texts: ["x"] },
    ],
  ])("leads by %s", (_what, pattern, expected) => {
    const { indexes, unindexed } = compilePatterns([pattern]);

    const leads = indexes.map(({ byText, byPrefix, present }) => ({
      texts: [...byText.keys()],
      prefixes: [...byPrefix.values()].flatMap((ofLength) => [...ofLength.keys()]),
      present: present.length,
    }));
    expect(leads).toEqual([{ texts: [], prefixes: [], present: 0, ...expected }]);
    expect(unindexed).toEqual([]);
  });

  test("has the tests made of what it leads to, and of nothing else", () => {
    const compiled = compilePatterns([{ detail: { eventName: ["x"] } }, { detail: { eventName: ["y"] } }]);

    matching(compiled, { detail: { eventName: "x" } });

    const [made, waiting] = ["x", "y"].map((name) => compiled.indexes[0]?.byText.get(name)?.[0]?.questions);
    expect(made).toHaveLength(1);
    expect(waiting).toBeUndefined();
  });
});

describe("an event made to take long", () => {
  const wide = Array.from({ length: 20_000 }, (_, index) => ({ a: "x", b: index }));

  test.each([
    ["two fields of one wide array", { items: { a: ["x"], b: ["never"] } }, { items: wide }],
    ["absence in a wide array", { items: { a: ["x"], b: [{ exists: false }] } }, { items: wide }],
    [
      "fields of arrays side by side",
      { p: { a: ["x"] }, q: { a: ["x"] }, r: { a: ["x"] }, s: { a: ["never"] } },
      { p: wide.slice(0, 1000), q: wide.slice(0, 1000), r: wide.slice(0, 1000), s: wide.slice(0, 1000) },
    ],
    [
      "many fields of arrays side by side, the last of which none has",
      Object.fromEntries([..."abcdefghij"].map((key) => [key, { a: key === "j" ? ["x", "y"] : ["x"], b: [-1] }])),
      Object.fromEntries([..."abcdefghij"].map((key) => [key, wide.slice(0, 50)])),
    ],
  ])("is judged all the same: %s", (_what, asked, one) => {
    expect(matches(compilePattern(asked), one)).toBe(false);
  });

  test("is judged all the same: one that leads to more conjunctions than a call takes arguments", () => {
    const some = (key: string) => ({
      $or: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"].map((one) => ({ [key]: [one] })),
    });
    const pattern = { detail: { eventName: ["RunInstances"], a: some("a"), b: some("b"), c: some("c") } };
    const patterns = compilePatterns(Array.from({ length: 150 }, () => pattern));
    const inside = { a: { a: "1" }, b: { b: "1" }, c: { c: "1" } };

    expect(matching(patterns, { detail: { eventName: "RunInstances", ...inside } })).toHaveLength(150);
    expect(matching(patterns, { detail: { eventName: "RunInstances" } })).toEqual([]);
  });

  test("is judged all the same: texts that almost fit a wildcard of many stars", () => {
    const compiled = compilePattern({ a: [{ wildcard: `${"*a".repeat(50)}*b` }] });

    expect(matches(compiled, { a: "a".repeat(100_000) })).toBe(false);
  });
});
