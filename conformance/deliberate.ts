import { addressDigits } from "../lambda-src/engine/address";
import { type Conjunction, parsePattern } from "../lambda-src/engine/conjunctions";
import { conjunctionsOverlap } from "../lambda-src/engine/lint";
import type { Verdict } from "./compare";
import { isNumber, type Tree, within, write } from "./tree";

/** A disagreement that is meant. */
export interface Deliberate {
  readonly id: string;
  readonly reason: string;
  /** The decision record, or the page, that argues for it. */
  readonly record: string;
  readonly applies: (verdict: Verdict) => boolean;
}

/** A half of a surrogate pair that stands alone. */
const HALF_PAIR = /\p{Surrogate}/u;
const RECORD = "docs/decisions/0012-pattern-engine.md";

/** Every difference that is meant; whatever else differs is a fault of the engine. */
export const DELIBERATE: readonly Deliberate[] = [
  {
    id: "digits",
    reason: "a number is written with digits that JSON.parse does not keep",
    record: RECORD,
    applies: ({ pattern, event }) => some(pattern, losesDigits) || some(event, losesDigits),
  },
  {
    id: "duplicate-keys",
    reason: "an object has a key twice: JSON.parse keeps the last, event-ruler reads both",
    record: RECORD,
    applies: ({ pattern, event }) => some(pattern, hasDuplicateKey) || some(event, hasDuplicateKey),
  },
  {
    id: "or-as-field",
    reason:
      "$or without a list of alternatives: event-ruler's older compiler takes it for a field, the engine refuses it",
    record: RECORD,
    applies: ({ ruling, engine }) => engine.answer === "refused" && "compilerSays" in ruling,
  },
  {
    id: "or-overlap",
    reason: "alternatives that share a condition in every field: event-ruler loses what the later one asks for besides",
    record: RECORD,
    applies: ({ pattern, ruler }) => ruler.answer === "false" && conjunctionsOverlap(conjunctionsOf(pattern)),
  },
  {
    id: "empty-list",
    reason: "anything-but of an operator with an empty list, which says nothing: the engine refuses it",
    record: RECORD,
    applies: ({ pattern, engine }) => engine.answer === "refused" && some(pattern, hasEmptyList),
  },
  {
    id: "surrogates",
    reason: "half of a surrogate pair, which no UTF-8 text can hold: event-ruler reads it as a question mark",
    record: RECORD,
    applies: ({ pattern, event }) => some(pattern, hasHalfPair) || some(event, hasHalfPair),
  },
  {
    id: "mask-digits",
    reason: "a mask in digits of another script: Java reads them, the engine refuses them",
    record: RECORD,
    applies: ({ pattern, engine }) => engine.answer === "refused" && some(pattern, hasForeignMask),
  },
  {
    id: "mixed-wildcard",
    reason: "a field with a wildcard and an equals-ignore-case or suffix: event-ruler mixes the two up",
    record: RECORD,
    applies: ({ pattern }) => some(pattern, hasMixedWildcard),
  },
  {
    id: "number-as-address",
    reason: "a number beside an address or in an unusual spelling: event-ruler reads its text as an address's digits",
    record: RECORD,
    applies: ({ pattern, event }) => some(pattern, hasAddress) && (some(pattern, isNumber) || some(event, isRespelled)),
  },
  {
    id: "largest-bound",
    reason: "a range that ends at the largest number there is: event-ruler falls over it",
    record: RECORD,
    applies: ({ pattern, ruler }) => ruler.answer === "refused" && some(pattern, isLargest),
  },
];

function hasEmptyList(tree: Tree): boolean {
  return tree.type === "object" && tree.entries.some(({ value }) => value.type === "array" && value.items.length === 0);
}

function hasMixedWildcard(tree: Tree): boolean {
  if (tree.type !== "array") return false;
  // Parsed and written again: names may be spelled with escapes.
  const text = JSON.stringify(JSON.parse(write(tree)));
  return /"wildcard"/.test(text) && /"(equals-ignore-case|suffix)"/.test(text);
}

function hasAddress(tree: Tree): boolean {
  return tree.type === "string" && addressDigits(tree.value.split("/")[0] ?? "") !== undefined;
}

function isRespelled(tree: Tree): boolean {
  return isNumber(tree) && tree.text !== String(Number(tree.text));
}

function isLargest(tree: Tree): boolean {
  return isNumber(tree) && Math.abs(Number(tree.text)) === Number.MAX_VALUE;
}

function hasHalfPair(tree: Tree): boolean {
  if (tree.type === "object") return tree.entries.some(({ key }) => HALF_PAIR.test(key.value));
  return tree.type === "string" && HALF_PAIR.test(tree.value);
}

function hasForeignMask(tree: Tree): boolean {
  return tree.type === "string" && /\/[+-]?\p{Nd}*[^\P{Nd}0-9]/u.test(tree.value);
}

function conjunctionsOf(pattern: Tree): readonly Conjunction[] {
  try {
    return parsePattern(JSON.parse(write(pattern)));
  } catch {
    return [];
  }
}

function some(tree: Tree, test: (part: Tree) => boolean): boolean {
  for (const part of within(tree)) if (test(part)) return true;
  return false;
}

function hasDuplicateKey(tree: Tree): boolean {
  return tree.type === "object" && new Set(tree.entries.map(({ key }) => key.value)).size < tree.entries.length;
}

function losesDigits(tree: Tree): boolean {
  return isNumber(tree) && decimal(tree.text) !== decimal(String(Number(tree.text)));
}

/** Sign, digits and exponent in one way of the many to write a number. */
function decimal(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const kept = digits.replace(/0+$/, "");
  if (kept === "") return /^-?\d/.test(text) ? "0" : text;
  return `${sign}${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`;
}
