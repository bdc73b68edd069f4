import type { Verdict } from "./compare";
import { isNumber, type Tree, within } from "./tree";

/** A disagreement that is meant. */
export interface Deliberate {
  readonly id: string;
  readonly reason: string;
  /** The decision record, or the page, that argues for it. */
  readonly record: string;
  readonly applies: (verdict: Verdict) => boolean;
}

/** The engine sees what `JSON.parse` returns; event-ruler reads the text. What differs for that reason alone is here. */
export const DELIBERATE: readonly Deliberate[] = [
  {
    id: "digits",
    reason: "a number is written with digits that JSON.parse does not keep",
    record: "docs/conformance.md",
    applies: ({ pattern, event }) => some(pattern, losesDigits) || some(event, losesDigits),
  },
  {
    id: "large-numbers",
    reason: "the engine refuses numbers in patterns from 2^53 on: JSON.parse can't tell them from their neighbours",
    record: "docs/conformance.md",
    applies: ({ pattern, engine }) => engine.answer === "refused" && some(pattern, isLarge),
  },
  {
    id: "duplicate-keys",
    reason: "an object has a key twice: JSON.parse keeps the last, event-ruler reads both",
    record: "docs/conformance.md",
    applies: ({ pattern, event }) => some(pattern, hasDuplicateKey) || some(event, hasDuplicateKey),
  },
];

function some(tree: Tree, test: (part: Tree) => boolean): boolean {
  for (const part of within(tree)) if (test(part)) return true;
  return false;
}

function hasDuplicateKey(tree: Tree): boolean {
  return tree.type === "object" && new Set(tree.entries.map(({ key }) => key.value)).size < tree.entries.length;
}

function isLarge(tree: Tree): boolean {
  return isNumber(tree) && Math.abs(Number(tree.text)) > Number.MAX_SAFE_INTEGER;
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
