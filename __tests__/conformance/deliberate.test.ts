import { describe, expect, test } from "@jest/globals";
import { DELIBERATE } from "../../conformance/deliberate";
import { parseTree } from "../../conformance/parse-tree";

function idsFor(pattern: string, event: string, answer: "refused" | "true" = "true"): readonly string[] {
  const verdict = {
    pattern: parseTree(pattern),
    event: parseTree(event),
    ruling: { matches: [false], ...(pattern.includes('"$or":["') ? { compilerSays: "refused" } : {}) },
    ruler: { answer: "false" },
    engine: { answer },
  } as const;
  return DELIBERATE.filter(({ applies }) => applies(verdict)).map(({ id }) => id);
}

describe("deliberate disagreements", () => {
  test.each(["1", "-0", "0.0e5", "300.0", "3e2", "0.30", "1E+2", "9007199254740991", "1e308", "123456789012345680000"])(
    "don't cover %s, which JSON.parse keeps",
    (number) => {
      expect(idsFor('{"a":[1]}', `{"a":${number}}`)).toEqual([]);
    },
  );

  test.each(["9007199254740993", "1e309", "-1e309", "1e-400", "0.10000000000000000555", "12345678901234567891"])(
    "cover %s, which JSON.parse doesn't keep",
    (number) => {
      expect(idsFor('{"a":[1]}', `{"a":[{"b":${number}}]}`)).toEqual(["digits"]);
      expect(idsFor(`{"a":[${number}]}`, "{}")).toEqual(["digits"]);
    },
  );

  test.each([
    ["or-as-field", '{"$or":["a"]}', "{}"],
    ["or-overlap", '{"$or":[{"a":["x"]},{"a":["x","y"]}]}', '{"a":"y"}'],
    ["empty-list", '{"a":["x",{"anything-but":{"prefix":[]}}]}', "{}"],
    ["surrogates", String.raw`{"a":["\ud83d"]}`, "{}"],
    ["mask-digits", '{"a":[{"cidr":"10.0.0.0/٨"}]}', "{}"],
    ["mixed-wildcard", '{"a":[{"wildcard":"*a"},{"equals-ignore-case":"a"}]}', "{}"],
    ["mixed-wildcard", String.raw`{"a":[{"wildc\u0061rd":"*a"},{"\u0065quals-ignore-case":"a"}]}`, "{}"],
    ["number-as-address", '{"a":[{"cidr":"10.0.0.0/8"}]}', '{"a":3e2}'],
  ])("cover %s in the pattern that shows it", (id, pattern, event) => {
    expect(idsFor(pattern, event, "refused")).toContain(id);
  });

  test.each([
    ['{"$or":[{"a":["x"]},{"a":["y"]}]}', '{"a":"y"}'],
    ['{"a":[{"wildcard":"*a"}],"b":[{"equals-ignore-case":"a"}]}', "{}"],
    [String.raw`{"a":["\ud83d\ude00",{"cidr":"10.0.0.0/8"}]}`, '{"a":300}'],
    ['{"a":[{"anything-but":{"prefix":["x"]}}]}', "{}"],
  ])("don't cover %s", (pattern, event) => {
    expect(idsFor(pattern, event)).toEqual([]);
  });

  test("cover keys that come twice, however they are spelled", () => {
    expect(idsFor('{"a":[1]}', String.raw`{"a":1,"\u0061":2}`)).toEqual(["duplicate-keys"]);
    expect(idsFor('{"a":[1],"b":{"a":[1]}}', '{"a":{"b":1},"b":1}')).toEqual([]);
  });

  test("each give a reason and where it is written down", () => {
    for (const { reason, record } of DELIBERATE) expect([reason, record].every((text) => text.length > 10)).toBe(true);
  });
});
