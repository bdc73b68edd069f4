import { otherArrayNumbers } from "./array-numbers";
import type { Pair, Verdict } from "./compare";
import { hasAddress, numbersApart, overlapsApart, starsApart, wildcardsApart } from "./parts";
import {
  asciiMasks,
  doubles,
  keysInOrder,
  lastOfEachKey,
  orAsPlainField,
  questionMarks,
  saidLists,
  smallerThanLargest,
  usualNumbers,
} from "./respellings";
import type { Tree } from "./tree/tree";

/** A disagreement that is meant. */
export interface Deliberate {
  readonly id: string;
  readonly reason: string;
  /** The decision record, or the page, that argues for it. */
  readonly record: string;
  /** The answers that it shows in, where not in all. */
  readonly when?: (verdict: Verdict) => boolean;
  /** The pair without the thing: only if the two agree on that, the thing was the cause. */
  readonly without?: (pair: Pair) => Pair;
  /**
   * Pairs that together mean the same, as alternatives of an `$or` do, and in which the thing can't work; undefined where
   * there is nothing of the kind.
   */
  readonly apart?: (pair: Pair) => readonly Pair[] | undefined;
}

const RECORD = "docs/decisions/0012-pattern-engine.md";

/** Every difference that is meant; whatever else differs is a fault of the engine. */
export const DELIBERATE: readonly Deliberate[] = [
  {
    id: "digits",
    reason: "a number is written with digits that JSON.parse does not keep",
    record: RECORD,
    without: ({ pattern, event }) => ({ pattern: doubles(pattern), event: doubles(event) }),
  },
  {
    id: "duplicate-keys",
    reason: "an object has a key twice: JSON.parse keeps the last, event-ruler reads both",
    record: RECORD,
    without: ({ pattern, event }) => ({ pattern: lastOfEachKey(pattern), event: lastOfEachKey(event) }),
  },
  {
    id: "key-order",
    reason:
      "a key that is a whole number stands after another: JSON.parse puts it first, so another field is overridden",
    record: RECORD,
    without: ({ pattern, event }) => ({ pattern: keysInOrder(pattern), event }),
  },
  {
    id: "or-as-field",
    reason:
      "$or without a list of alternatives: event-ruler's older compiler takes it for a field, the engine refuses it",
    record: RECORD,
    when: ({ ruling, engine }) => engine.answer === "refused" && "compilerSays" in ruling,
    without: ({ pattern, event }) => ({ pattern: orAsPlainField(pattern), event: orAsPlainField(event) }),
  },
  {
    id: "or-overlap",
    reason: "alternatives that share a condition in every field: event-ruler loses what the later one asks for besides",
    record: RECORD,
    when: ({ ruler }) => ruler.answer === "false",
    apart: eachPart(overlapsApart),
  },
  {
    id: "empty-list",
    reason: "anything-but of an operator with an empty list, which says nothing: the engine refuses it",
    record: RECORD,
    when: ({ engine }) => engine.answer === "refused",
    without: ({ pattern, event }) => ({ pattern: saidLists(pattern), event }),
  },
  {
    id: "surrogates",
    reason: "half of a surrogate pair, which no UTF-8 text can hold: event-ruler reads it as a question mark",
    record: RECORD,
    without: ({ pattern, event }) => ({ pattern: questionMarks(pattern), event: questionMarks(event) }),
  },
  {
    id: "mask-digits",
    reason: "a mask in digits of another script: Java reads them, the engine refuses them",
    record: RECORD,
    when: ({ engine }) => engine.answer === "refused",
    without: ({ pattern, event }) => ({ pattern: asciiMasks(pattern), event }),
  },
  {
    id: "mixed-wildcard",
    reason: "a field with a wildcard and an equals-ignore-case or suffix: event-ruler mixes the two up",
    record: RECORD,
    apart: eachPart(wildcardsApart),
  },
  {
    id: "repeated-star",
    reason:
      "anything-but of * and of another wildcard, in a field that several alternatives ask for: event-ruler loses it",
    record: RECORD,
    when: ({ ruler }) => ruler.answer === "true",
    apart: eachPart(starsApart),
  },
  {
    id: "array-numbers",
    reason: "a field that lies in an array and beside it: event-ruler's answer hangs on how many arrays come before",
    record: RECORD,
    when: ({ ruler, engine }) => ruler.answer === "false" && engine.answer === "true",
    apart: otherArrayNumbers,
  },
  {
    id: "number-as-address",
    reason: "a number beside an address or in an unusual spelling: event-ruler reads its text as an address's digits",
    record: RECORD,
    without: ({ pattern, event }) => ({ pattern, event: hasAddress(pattern) ? usualNumbers(event) : event }),
    apart: eachPart(numbersApart),
  },
  {
    id: "largest-bound",
    reason: "a range of nothing but the largest or the smallest number there is: event-ruler falls over it",
    record: RECORD,
    when: ({ ruler }) => ruler.answer === "refused",
    without: ({ pattern, event }) => ({ pattern: smallerThanLargest(pattern), event }),
  },
];

/** Of the pattern's parts, each with the same event. */
function eachPart(apart: (pattern: Tree) => readonly Tree[] | undefined): NonNullable<Deliberate["apart"]> {
  return ({ pattern, event }) => apart(pattern)?.map((part) => ({ pattern: part, event }));
}
