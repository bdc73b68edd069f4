import { describe, expect, test } from "@jest/globals";
import { DELIBERATE } from "../../conformance/deliberate";
import { parseTree } from "../../conformance/parse-tree";

function idsFor(pattern: string, event: string, answer: "refused" | "true" = "true"): readonly string[] {
  const verdict = {
    pattern: parseTree(pattern),
    event: parseTree(event),
    ruling: { matches: [false] },
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

  test("cover large numbers only where the engine refuses", () => {
    expect(idsFor('{"a":[9007199254740992]}', "{}", "refused")).toEqual(["large-numbers"]);
    expect(idsFor('{"a":[9007199254740992]}', "{}")).toEqual([]);
    expect(idsFor('{"a":[9007199254740991]}', "{}", "refused")).toEqual([]);
  });

  test("cover keys that come twice, however they are spelled", () => {
    expect(idsFor('{"a":[1]}', String.raw`{"a":1,"\u0061":2}`)).toEqual(["duplicate-keys"]);
    expect(idsFor('{"a":[1],"b":{"a":[1]}}', '{"a":{"b":1},"b":1}')).toEqual([]);
  });

  test("each give a reason and where it is written down", () => {
    for (const { reason, record } of DELIBERATE) expect([reason, record].every((text) => text.length > 10)).toBe(true);
  });
});
