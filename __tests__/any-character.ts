import fc from "fast-check";

const SURROGATES_FROM = 0xd800;
const SURROGATES = 0x800;
const CODE_POINTS = 0x11_0000;

/**
 * Any code point but half a surrogate pair, as the unit of `fc.string`. fast-check's own ("binary") makes a map of all
 * of them first, which takes a second in each file of tests.
 */
export const anyCharacter: fc.Arbitrary<string> = fc.integer({ min: 0, max: CODE_POINTS - SURROGATES - 1 }).map(
  (place) => String.fromCodePoint(place < SURROGATES_FROM ? place : place + SURROGATES),
  (character) => {
    if (typeof character !== "string" || !/^\P{Cs}$/u.test(character)) throw new Error("not one character");
    const codePoint = character.codePointAt(0) ?? 0;
    return codePoint < SURROGATES_FROM ? codePoint : codePoint - SURROGATES;
  },
);
