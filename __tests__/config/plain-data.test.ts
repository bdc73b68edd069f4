import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { plainData } from "../../config/plain-data";

function problemsOf(value: unknown): readonly string[] {
  const taken = plainData(value);
  return "problems" in taken ? taken.problems : [];
}

class Odd {
  a = 1;
}

const circular: Record<string, unknown> = {};
circular.again = { circular };

describe("plainData", () => {
  test.each<[string, unknown, string]>([
    ["a function", { f: () => 1 }, "f is a function: only data reaches the function"],
    ["undefined", { a: { b: [1, undefined] } }, "a.b[1] is undefined"],
    ["a gap in a list", { a: Array(1) }, "a[0] is undefined"],
    ["a date", { when: new Date(0) }, "when is a Date: must be strings"],
    ["an object of a class", { odd: new Odd() }, "odd is a Odd: must be strings"],
    ["a map", { map: new Map() }, "map is a Map"],
    ["NaN", { n: [Number.NaN] }, "n[0] is NaN: must be a number that JSON has"],
    ["infinity", Number.POSITIVE_INFINITY, "it is Infinity"],
    ["a symbol", { s: Symbol("s") }, "s is a symbol"],
    ["a big whole number", { n: 1n }, "n is a bigint"],
    ["what is part of itself", circular, "again.circular is part of itself"],
    ["a regular expression", /a/, "it is a RegExp"],
  ])("refuses %s, with its path", (_, value, problem) => {
    expect(problemsOf(value)).toEqual([expect.stringContaining(problem)]);
  });

  test("tells of everything at once", () => {
    expect(problemsOf({ a: undefined, b: [() => 1, new Date()] })).toHaveLength(3);
  });

  test("refuses what is nested too deeply, however deep", () => {
    for (const depth of [51, 100_000]) {
      let value: unknown = 1;
      for (let index = 0; index < depth; index++) value = [value];

      expect(problemsOf(value)).toEqual([expect.stringMatching(/^\[0\]\[0\].*… is nested deeper than 50 levels$/)]);
    }
  });

  test("takes the same thing twice, side by side", () => {
    const shared = { a: 1 };

    expect(plainData([shared, shared])).toEqual({ value: [shared, shared] });
  });

  test("takes all JSON as it is", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(plainData(value)).toEqual({ value: JSON.parse(JSON.stringify(value)) });
      }),
    );
  });

  test("takes anything at all, or says why not, and never throws", () => {
    fc.assert(
      fc.property(
        fc.anything({ withDate: true, withMap: true, withBigInt: true, withNullPrototype: true }),
        (value) => {
          const taken = plainData(value);
          if ("problems" in taken) expect(taken.problems.length).toBeGreaterThan(0);
          else expect(JSON.parse(JSON.stringify(value))).toEqual(taken.value);
        },
      ),
    );
  });
});
