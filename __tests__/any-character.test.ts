import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { anyCharacter } from "./any-character";

test("any character is any code point but half a surrogate pair", () => {
  const characters = fc.sample(anyCharacter, { numRuns: 20_000, seed: 1 });

  expect(characters.filter((character) => [...character].length !== 1 || /\p{Cs}/u.test(character))).toEqual([]);
  const codePoints = characters.map((character) => character.codePointAt(0) ?? 0);
  for (const [from, to] of [
    [0, 0x7f],
    [0x80, 0xd7ff],
    [0xe000, 0xffff],
    [0x1_0000, 0x10_ffff],
  ] as const) {
    expect(codePoints.some((codePoint) => codePoint >= from && codePoint <= to)).toBe(true);
  }
});

test("strings of any characters are told from those that hold half a pair", () => {
  const text = fc.string({ unit: anyCharacter });

  expect(text.canShrinkWithoutContext("a😀\u0000")).toBe(true);
  expect(text.canShrinkWithoutContext("\ud83d")).toBe(false);
});
