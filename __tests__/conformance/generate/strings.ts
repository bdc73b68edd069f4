import type { Random } from "../../../tools/random";
import { type Entry, type Text, type Tree, text } from "../tree/tree";

/** Characters and words that matchers get wrong: case pairs, surrogates, what patterns and JSON escape, other types' looks. */
const ATOMS = [
  ...'aaabbbcAABCxyN*?\\"/.-_ 0129',
  ..."ßıİſſKKksSiIéÉΣσςÅåÿŸµμⱥȺΰŉﬁǅǆ",
  ..."😀𐐀𐐨𝒳",
  "\ud83d",
  "\ude00",
  "\ufffd",
  "\uffff",
  "\u0000",
  "\u0001",
  "\t",
  "\n",
  "\u007f",
  "\u0080",
  "\u07ff",
  "\u0800",
  "\u2028",
  "e\u0301",
  "\u0301",
  "SS",
  "ss",
  "foo",
  "Foo",
  "BAR",
  "aws.",
  "ec2",
  "Straße",
  "STRASSE",
];

const WORDS = ["", "", "a", "b", "A", "ab", "foo", "FOO", "N", "true", "null", "300", "3e2", "10.0.0.1", "16.0.0.1"];

export function anyString(random: Random): string {
  if (random.chance(0.4)) return random.pick(WORDS);
  return plainString(random);
}

/** Not always in pieces that make sense, never empty. */
export function plainString(random: Random): string {
  const length = random.weighted([
    [5, 1],
    [5, 2],
    [3, 3],
    [1, 6],
  ]);
  // Half of them from few letters, so that strings meet.
  const atoms = random.chance(0.5) ? ["a", "b", "A", "ab"] : ATOMS;
  return random.times(length, () => random.pick(atoms)).join("");
}

/** The other case here and there, by unit, by character or as a whole. */
export function otherCase(random: Random, value: string): string {
  const turn = (part: string): string => (random.chance(0.5) ? part.toLowerCase() : part.toUpperCase());
  return random.weighted<() => string>([
    [3, () => [...value].map(turn).join("")],
    [1, () => value.split("").map(turn).join("")],
    [2, () => turn(value)],
    [1, () => (random.chance(0.5) ? value.normalize("NFD") : value.normalize("NFC"))],
  ])();
}

/** Something close: one character more, less or other. */
export function nearby(random: Random, value: string): string {
  const at = random.below(value.length + 1);
  return random.weighted<() => string>([
    [2, () => value.slice(0, at) + value.slice(at + 1)],
    [2, () => value.slice(0, at) + random.pick(ATOMS) + value.slice(at)],
    [1, () => value.slice(0, at) + random.pick(ATOMS) + value.slice(at + 1)],
    [2, () => otherCase(random, value)],
    [1, () => value + value],
    [1, () => value.replace(/[^ -~]/g, "?")],
  ])();
}

/** Spells strings and keys with escapes that they don't need, here and there. */
export function respell(random: Random, tree: Tree): Tree {
  switch (tree.type) {
    case "string":
      return respellText(random, tree);
    case "array":
      return { type: "array", items: tree.items.map((item) => respell(random, item)) };
    case "object":
      return {
        type: "object",
        entries: tree.entries.map(
          ({ key, value }): Entry => ({ key: respellText(random, key), value: respell(random, value) }),
        ),
      };
    case "literal":
      return tree;
  }
}

function respellText(random: Random, { value }: Text): Text {
  if (!random.chance(0.04)) return text(value);
  const units = value.split("").map((unit) => {
    if (unit === "/" && random.chance(0.5)) return "\\/";
    if (!random.chance(0.5)) return JSON.stringify(unit).slice(1, -1);
    const code = unit.charCodeAt(0).toString(16).padStart(4, "0");
    return `\\u${random.chance(0.5) ? code : code.toUpperCase()}`;
  });
  // Unit by unit `JSON.stringify` escapes the halves of a pair; together they are the same character.
  return { type: "string", value, spelling: `"${units.join("")}"` };
}
