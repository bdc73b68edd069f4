import { describe, expect, test } from "@jest/globals";
import { Random } from "../../tools/random";
import { nextRound } from "./generate/pairs";
import { parseTree } from "./tree/parse-tree";
import { write } from "./tree/tree";

/** Patterns and events of so many rounds, as text. */
function textsOf(seed: number, rounds = 100): readonly string[] {
  const random = new Random(seed);
  return random
    .times(rounds, () => nextRound(random))
    .flatMap(({ pattern, events }) => [pattern, ...events].map(write));
}

describe("generated pairs", () => {
  test("are the same for the same seed, and others for another", () => {
    const texts = textsOf(7);

    expect(textsOf(7)).toEqual(texts);
    expect(textsOf(8)).not.toEqual(texts);
    expect(textsOf(7 + 2 ** 32)).not.toEqual(texts);
  });

  test("are JSON, and the tree of the text is the text again", () => {
    for (const source of textsOf(1, 500)) {
      expect(() => JSON.parse(source)).not.toThrow();
      expect(write(parseTree(source))).toBe(source);
    }
  });

  test.each([
    ["operators", /"(prefix|suffix|wildcard|numeric|cidr|exists|anything-but|equals-ignore-case|exactly|\$or)"/g, 10],
    ["halves of pairs", /\\ud[89a-f]/gi, 1],
    ["spellings of a number", /[:[](-0|300\.0|3e2|1e-7|9007199254740993)[,\]}]/g, 5],
    ["keys that JavaScript puts first", /"(0|1|2|10)":/g, 4],
    ["letters with odd cases", /[ıſKßİς]/g, 6],
  ])("know %s", (_, pattern, least) => {
    const found = new Set(textsOf(3, 1_000).flatMap((source) => source.match(pattern) ?? []));

    expect(found.size).toBeGreaterThanOrEqual(least);
  });
});
