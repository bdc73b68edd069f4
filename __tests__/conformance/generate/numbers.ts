import type { Random } from "../../../tools/random";
import { type Literal, literal } from "../tree/tree";

/** Ways to write the same number. */
const SPELLINGS: readonly (readonly string[])[] = [
  ["0", "-0", "0.0", "-0.0", "0e5", "0E-3", "0.000"],
  ["300", "300.0", "3e2", "3E+2", "30e1", "0.3e3", "3000e-1"],
  ["301", "301.0", "3.01e2"],
  ["299.9999999"],
  ["1", "1.0", "1e0", "10e-1"],
  ["-1", "-1.0", "-1e0"],
  ["2"],
  ["5"],
  ["10", "1e1"],
  ["0.1", "1e-1", "0.10"],
  ["0.3"],
  ["0.30000000000000004"],
  ["1e-7", "0.0000001"],
  ["-1e-7"],
  ["1.5", "15e-1"],
  ["3.141592653589793"],
  ["2.2250738585072014e-308"],
  ["1e15"],
  ["111122223333"],
  ["10000001", "1.0000001e7"],
  ["9007199254740991"],
  ["-9007199254740991"],
];

/** Numbers that a double holds, where its neighbours are more than 1 away, or all but out of its range. */
const LARGE: readonly (readonly string[])[] = [
  ["9007199254740992", "9007199254740992.0"],
  ["9007199254740994"],
  ["-9007199254740992"],
  ["1e21", "1000000000000000000000"],
  ["123456789012345680000"],
  ["1e308", "1.0e308"],
  ["-1e308"],
  ["1.7976931348623157e308"],
  ["-1.7976931348623157e308"],
];

/** Numbers that no double holds, or holds under another text. */
const BEYOND = [
  "9007199254740993",
  "9007199254740993.0",
  "9007199254740995",
  "12345678901234567890",
  "0.1000000000000000055511151231257827",
  "3.1415926535897932384626433832795",
  "1e309",
  "-1e309",
  "1e-400",
];

export function anyNumber(random: Random): Literal {
  if (random.chance(0.02)) return literal(random.pick(BEYOND));
  if (random.chance(0.15)) return literal(String(random.between(-20, 400) / random.pick([1, 1, 2, 4, 10])));
  return sensibleNumber(random);
}

/** A number that a double holds. */
export function sensibleNumber(random: Random): Literal {
  return literal(random.pick(random.pick(random.chance(0.03) ? LARGE : SPELLINGS)));
}

/** The same number, as like as not in another spelling. */
export function sameNumber(random: Random, { text }: Literal): Literal {
  const spellings = [...SPELLINGS, ...LARGE].find((group) => group.includes(text));
  return literal(spellings ? random.pick(spellings) : text);
}

/** A number that is larger (direction 1) or less (-1), a bit or much. */
export function beside(random: Random, { text }: Literal, direction: 1 | -1): Literal {
  const value = Number(text);
  const step = random.pick([1, 1, 0.5, 1000, Math.abs(value) * Number.EPSILON]);
  const moved = value + direction * step;
  return literal(Number.isFinite(moved) ? String(moved) : text);
}

/** Whether the first is less. */
export function inOrder(a: Literal, b: Literal): boolean {
  return Number(a.text) < Number(b.text);
}
