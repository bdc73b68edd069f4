import { describe, expect, test } from "@jest/globals";
import { compilePattern } from "../../../detection/pattern/compile";
import { type AskedField, parsePattern } from "../../../detection/pattern/conjunctions";
import { matches } from "../../../detection/pattern/match";
import { judge } from "./judge";
import { refusalOf } from "./refusal";

/** So many objects that each ask the field for another value. */
function alternatives(count: number, field: string): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({ [field]: [`value ${index}`] }));
}

function fieldsOf(pattern: unknown): readonly string[] {
  return parsePattern(pattern).map((conjunction) =>
    conjunction
      .map(({ field }) => field)
      .sort()
      .join(" "),
  );
}

function textsOf({ conditions }: AskedField): readonly unknown[] {
  return conditions.map((condition) => "value" in condition && condition.value);
}

describe("a field that is asked for twice", () => {
  test.each([
    ["as nested path and dotted key", { a: { b: ["x"] }, "a.b": ["y"] }, [{ "a.b": "y" }]],
    ["outside and inside $or", { a: ["x"], $or: [{ b: ["y"] }, { a: ["z"] }] }, [{ a: "x", b: "y" }, { a: "z" }]],
    ["inside $or and after it", { $or: [{ a: ["y"] }, { b: ["z"] }], a: ["x"] }, [{ a: "x" }, { a: "x", b: "z" }]],
  ])("is asked for as it was last, %s", (_how, pattern, expected) => {
    const conjunctions = parsePattern(pattern).map((conjunction) =>
      Object.fromEntries(conjunction.map((asked) => [asked.field, textsOf(asked)[0]])),
    );

    expect(conjunctions).toEqual(expected);
  });
});

describe("the conjunctions of $or", () => {
  test("gives one conjunction for each alternative", () => {
    expect(fieldsOf({ source: ["s"], $or: [{ a: ["x"] }, { b: ["y"] }, { a: ["z"], c: ["w"] }] })).toEqual([
      "a source",
      "b source",
      "a c source",
    ]);
  });

  test("multiplies with another $or", () => {
    const pattern = {
      a: { $or: [{ b: ["x"] }, { c: ["x"] }] },
      $or: [{ d: ["x"] }, { e: ["x"] }, { f: ["x"] }],
    };

    expect([...fieldsOf(pattern)].sort()).toEqual(["a.b d", "a.b e", "a.b f", "a.c d", "a.c e", "a.c f"]);
  });

  test("adds up with an $or inside one of its alternatives", () => {
    const pattern = { $or: [{ a: ["x"], $or: [{ b: ["x"] }, { c: ["x"] }] }, { d: ["x"] }] };

    expect(fieldsOf(pattern)).toEqual(["a b", "a c", "d"]);
  });

  test("takes a thousand alternatives", () => {
    expect(parsePattern({ $or: alternatives(1_000, "a") })).toHaveLength(1_000);
  });

  test("refuses more than a thousand alternatives", () => {
    const refusal = refusalOf({ detail: { $or: alternatives(1_001, "a") } });

    expect(refusal.path).toBe("$.detail.$or");
    expect(refusal.message).toContain("more than 1000 combinations");
  });

  test("takes two that multiply to a thousand", () => {
    const conjunctions = parsePattern({ x: { $or: alternatives(40, "a") }, y: { $or: alternatives(25, "b") } });

    expect(conjunctions).toHaveLength(1_000);
  });

  test("refuses two that multiply to more, where the second stands", () => {
    const refusal = refusalOf({ x: { $or: alternatives(40, "a") }, y: { $or: alternatives(26, "b") } });

    expect(refusal.path).toBe("$.y.$or");
  });

  test("refuses nested ones that add up to more", () => {
    const half = (field: string) => ({ [field]: ["x"], $or: alternatives(600, "v") });

    expect(refusalOf({ $or: [half("x"), half("y")] }).path).toBe("$.$or");
  });

  test.each([
    [{ $or: [{ a: { prefix: ["x"] } }, { b: ["x"] }] }, "$.$or[0].a.prefix"],
    [{ $or: [{ b: ["x"] }, { exists: ["x"] }] }, "$.$or[1].exists"],
  ])("refuses a field within it that has an operator's name: %j", (pattern, path) => {
    expect(refusalOf(pattern).path).toBe(path);
  });

  test("takes such a field outside of it", () => {
    expect(matches(compilePattern({ a: { prefix: ["x"] } }), { a: { prefix: "x" } })).toBe(true);
  });
});

describe("$or", () => {
  test("matches when one alternative does", () => {
    const pattern = { $or: [{ a: ["x"] }, { b: ["y"] }] };

    expect(judge(pattern, { a: "x" })).toBe(true);
    expect(judge(pattern, { b: "y" })).toBe(true);
    expect(judge(pattern, { a: "x", b: "y" })).toBe(true);
    expect(judge(pattern, { a: "y", b: "x" })).toBe(false);
  });

  test("adds to the fields around it", () => {
    const pattern = { s: ["1"], $or: [{ a: ["x"] }, { b: ["y"] }] };

    expect(judge(pattern, { s: "1", b: "y" })).toBe(true);
    expect(judge(pattern, { s: "2", b: "y" })).toBe(false);
    expect(judge(pattern, { s: "1", b: "x" })).toBe(false);
  });

  test("asks all fields of an alternative", () => {
    const pattern = { $or: [{ a: ["x"], b: ["x"] }, { c: ["x"] }] };

    expect(judge(pattern, { a: "x", b: "x" })).toBe(true);
    expect(judge(pattern, { a: "x", b: "y" })).toBe(false);
  });

  test("below a field means the fields there", () => {
    const pattern = { detail: { $or: [{ a: ["x"] }, { b: { c: ["y"] } }] } };

    expect(judge(pattern, { detail: { b: { c: "y" } } })).toBe(true);
    expect(judge(pattern, { b: { c: "y" } })).toBe(false);
  });

  test("beside another asks one alternative of each", () => {
    const pattern = { a: { $or: [{ b: ["x"] }, { c: ["x"] }] }, $or: [{ d: ["x"] }, { e: ["x"] }] };

    expect(judge(pattern, { a: { c: "x" }, d: "x" })).toBe(true);
    expect(judge(pattern, { a: { b: "x", c: "x" } })).toBe(false);
    expect(judge(pattern, { d: "x", e: "x" })).toBe(false);
  });

  test("may hold another", () => {
    const pattern = { $or: [{ a: ["x"], $or: [{ b: ["x"] }, { c: ["x"] }] }, { d: ["x"] }] };

    expect(judge(pattern, { a: "x", c: "x" })).toBe(true);
    expect(judge(pattern, { d: "x" })).toBe(true);
    expect(judge(pattern, { a: "x" })).toBe(false);
  });

  test("may ask one field for different things", () => {
    const pattern = { $or: [{ a: [{ prefix: "x" }] }, { a: [{ suffix: "z" }] }] };

    expect(judge(pattern, { a: "xy" })).toBe(true);
    expect(judge(pattern, { a: "yz" })).toBe(true);
    expect(judge(pattern, { a: "y" })).toBe(false);
  });

  test("keeps the fields of an alternative to one element of an array", () => {
    const pattern = { a: { b: ["x"], $or: [{ c: ["y"] }, { d: ["z"] }] } };

    expect(judge(pattern, { a: [{ b: "x", d: "z" }] })).toBe(true);
    expect(judge(pattern, { a: [{ b: "x" }, { d: "z" }] })).toBe(false);
  });
});
