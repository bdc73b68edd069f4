import type { Condition, NumberRange, RefusedBy } from "../condition";
import { acceptsAbsence, comparesNumbers, testField } from "../value-test";
import { matchesWildcard, parseWildcard, type WildcardParts } from "../wildcard";

/** No pattern has it: it stands for whatever a `*` lets through. */
const ANYTHING = "\u{10FFFF}";

/**
 * Whether what passes one of the conditions surely passes one of the others, too. False also where that can't be told:
 * never true in error.
 */
export function implied(before: readonly Condition[], after: readonly Condition[]): boolean {
  return before.every((condition) => impliedByOne(condition, before, after));
}

function impliedByOne(condition: Condition, before: readonly Condition[], after: readonly Condition[]): boolean {
  if (condition.kind === "absent") return acceptsAbsence(after);
  if (after.some(({ kind }) => kind === "exists")) return true;
  if (condition.kind === "equals") return testField(after).accepts(condition.value);
  if (condition.kind === "address" && !comparesNumbers(before) && comparesNumbers(after)) return false;
  const written = JSON.stringify(condition);
  return after.some((other) => JSON.stringify(other) === written || weaker(condition, other));
}

/** Whether what passes the first passes the second. */
function weaker(condition: Condition, other: Condition): boolean {
  switch (other.kind) {
    case "anything-but":
      return "by" in other
        ? other.texts.every((text) => disjoint(condition, other.by, text))
        : other.values.every((value) => !testField([condition]).accepts(value));
    case "prefix":
      return !other.ignoreCase && isPlain(other.text) && (headOf(condition)?.startsWith(other.text) ?? false);
    case "suffix":
      return !other.ignoreCase && isPlain(other.text) && (tailOf(condition)?.endsWith(other.text) ?? false);
    case "wildcard":
      return withinWildcard(condition, other.text);
    case "numeric":
      return condition.kind === "numeric" && within(condition.range, other.range);
    case "address":
      return (
        condition.kind === "address" &&
        condition.range.bottom.length === other.range.bottom.length &&
        other.range.bottom <= condition.range.bottom &&
        condition.range.top <= other.range.top
      );
    default:
      return false;
  }
}

/** Whether no text that passes the condition is one that `anything-but` refuses. */
function disjoint(condition: Condition, by: RefusedBy, text: string): boolean {
  if (condition.kind === "numeric") return true;
  if (condition.kind === "anything-but") {
    return "by" in condition && condition.by === by && condition.texts.some((refused) => refuses(by, refused, text));
  }
  if (!isPlain(text)) return false;
  if (by === "prefix") {
    const head = headOf(condition);
    return head !== undefined && !head.startsWith(text) && !text.startsWith(head);
  }
  if (by === "suffix") {
    const tail = tailOf(condition);
    return tail !== undefined && !tail.endsWith(text) && !text.endsWith(tail);
  }
  return false;
}

/** Whether whatever the second text stands for the first stands for, too. */
function refuses(by: RefusedBy, wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  if (by === "wildcard") return withinWildcard({ kind: "wildcard", text: narrow }, wide);
  if (!isPlain(wide) || !isPlain(narrow)) return false;
  if (by === "prefix") return narrow.startsWith(wide);
  return by === "suffix" && narrow.endsWith(wide);
}

/** A quotation mark at its end makes an affix match the whole text as well: `value-test.ts`. */
function isPlain(text: string): boolean {
  return !text.includes('"');
}

/** What every text that passes begins with. */
function headOf(condition: Condition): string | undefined {
  return partsOf(condition)?.[0];
}

function tailOf(condition: Condition): string | undefined {
  return partsOf(condition)?.at(-1);
}

/** The condition as a wildcard's parts. */
function partsOf(condition: Condition): WildcardParts | undefined {
  if (condition.kind === "wildcard") return parseWildcard(condition.text) as WildcardParts;
  if (
    (condition.kind !== "prefix" && condition.kind !== "suffix") ||
    condition.ignoreCase ||
    !isPlain(condition.text)
  ) {
    return undefined;
  }
  return condition.kind === "prefix" ? [condition.text, ""] : ["", condition.text];
}

/** A `*` of the narrower one, taken for a character that no pattern has, can pass through a `*` of the wider one only. */
function withinWildcard(condition: Condition, wide: string): boolean {
  const parts = partsOf(condition);
  return (
    parts !== undefined &&
    !wide.includes(ANYTHING) &&
    matchesWildcard(parseWildcard(wide) as WildcardParts, parts.join(ANYTHING))
  );
}

function within(inner: NumberRange, outer: NumberRange): boolean {
  const above =
    outer.bottom === undefined ||
    (inner.bottom !== undefined &&
      (inner.bottom > outer.bottom || (inner.bottom === outer.bottom && (inner.openBottom || !outer.openBottom))));
  const below =
    outer.top === undefined ||
    (inner.top !== undefined &&
      (inner.top < outer.top || (inner.top === outer.top && (inner.openTop || !outer.openTop))));
  return above && below;
}
