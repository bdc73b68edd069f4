import { addressDigits, inRange } from "./address";
import type { Condition, NumberRange, RefusedBy } from "./condition";
import { endOfFolded, fold, startOfFolded } from "./ignore-case";
import type { Scalar } from "./pattern";
import { matchesWildcard, parseWildcard, type WildcardParts } from "./wildcard";

/** A test of one leaf value. */
export type ValueTest = (value: Scalar) => boolean;

type TextTest = (value: string) => boolean;

/** What a pattern asks of one field: a value that passes one of its tests, or (`absent`) no value at all. */
export interface FieldTest {
  readonly accepts: ValueTest;
  readonly absent: boolean;
}

/** Whether no value at all will do. */
export function acceptsAbsence(conditions: readonly Condition[]): boolean {
  return conditions.some(({ kind }) => kind === "absent");
}

/** The texts that a field must be one of, or begin with one of. */
export interface PinnedTexts {
  readonly texts: readonly string[];
  readonly prefixes: readonly string[];
}

/** What the field must be or begin with, when nothing else will do: what an index can be made of. */
export function pinnedTexts(conditions: readonly Condition[]): PinnedTexts | undefined {
  const texts: string[] = [];
  const prefixes: string[] = [];
  for (let index = 0; index < conditions.length; index++) {
    const condition = conditions[index];
    if (condition?.kind === "equals" && typeof condition.value === "string") texts.push(condition.value);
    else if (condition?.kind === "prefix" && isPlainPrefix(condition)) prefixes.push(condition.text);
    else return undefined;
  }
  return { texts, prefixes };
}

/** Whether nothing passes but texts that begin with it, see `testText`. */
function isPlainPrefix({ text, ignoreCase }: { readonly text: string; readonly ignoreCase: boolean }): boolean {
  return !ignoreCase && text !== "" && !text.endsWith('"');
}

export function testField(conditions: readonly Condition[]): FieldTest {
  const equal = new Set<Scalar>();
  const tests: ValueTest[] = [];
  const addresses = addressTest(conditions);
  if (addresses) tests.push(addresses);
  for (const condition of conditions) {
    if (condition.kind === "equals") equal.add(condition.value);
    else if (condition.kind !== "address" && condition.kind !== "absent") tests.push(testValue(condition));
  }
  const [only, ...others] = tests;
  const accepts: ValueTest =
    only === undefined
      ? (value) => equal.has(value)
      : others.length === 0 && equal.size === 0
        ? only
        : (value) => equal.has(value) || tests.some((test) => test(value));
  return { accepts, absent: acceptsAbsence(conditions) };
}

/**
 * The field's addresses and CIDR blocks together.
 *
 * EventBridge reads a number's digits as those of an address too (17 is within `16.0.0.0/4`, 10… to 1F…), unless another
 * condition of the field makes it compare numbers.
 */
function addressTest(conditions: readonly Condition[]): ValueTest | undefined {
  const ranges = conditions.flatMap((condition) => (condition.kind === "address" ? [condition.range] : []));
  if (ranges.length === 0) return undefined;
  const numeric = comparesNumbers(conditions);
  return (value) => {
    if (typeof value === "string") {
      const digits = addressDigits(value);
      return digits !== undefined && ranges.some((range) => inRange(range, digits));
    }
    // A point, a sign or an exponent is no digit, and what follows it decides nothing.
    return (
      typeof value === "number" &&
      !numeric &&
      ranges.some((range) => inRange(range, /^\d*/.exec(`${value}`)?.[0] ?? ""))
    );
  };
}

/** Whether EventBridge compares the field's numbers as such, and does not read them as an address's digits. */
export function comparesNumbers(conditions: readonly Condition[]): boolean {
  return conditions.some(isNumeric);
}

function isNumeric(condition: Condition): boolean {
  if (condition.kind === "equals") return typeof condition.value === "number";
  if (condition.kind === "anything-but") return "values" in condition && typeof condition.values[0] === "number";
  return condition.kind === "numeric";
}

function testValue(condition: Exclude<Condition, { kind: "equals" | "address" | "absent" }>): ValueTest {
  switch (condition.kind) {
    case "exists":
      return () => true;
    case "numeric":
      return testNumber(condition.range);
    case "anything-but":
      return "by" in condition ? anythingBut(condition.by, condition.texts) : anythingButValues(condition.values);
    default:
      return ofText(testText(condition.kind, condition.text, "ignoreCase" in condition && condition.ignoreCase));
  }
}

function ofText(test: TextTest): ValueTest {
  return (value) => typeof value === "string" && test(value);
}

function anythingButValues(values: readonly (string | number)[]): ValueTest {
  const refused = new Set<Scalar>(values);
  return (value) => !refused.has(value);
}

function anythingBut(by: RefusedBy, texts: readonly string[]): ValueTest {
  const refused = texts.map((text) => testText(by, text, false));
  return (value) => typeof value !== "string" || !refused.some((test) => test(value));
}

function testNumber({ bottom, openBottom, top, openTop }: NumberRange): ValueTest {
  return (value) =>
    typeof value === "number" &&
    Number.isFinite(value) &&
    (bottom === undefined || value > bottom || (value === bottom && !openBottom)) &&
    (top === undefined || value < top || (value === top && !openTop));
}

/**
 * EventBridge compares texts with their quotation marks on, so a prefix that ends in one, or a suffix that begins with
 * one, also matches the whole text.
 */
function testText(kind: RefusedBy, text: string, ignoreCase: boolean): TextTest {
  switch (kind) {
    case "prefix":
      return ignoreCase ? foldedPrefix(text) : prefix(text);
    case "suffix":
      return ignoreCase ? foldedSuffix(text) : suffix(text);
    case "equals-ignore-case": {
      const folded = fold(text);
      return (value) => endOfFolded(folded, value, 0) === value.length;
    }
    case "wildcard": {
      const parts = parseWildcard(text) as WildcardParts;
      return (value) => matchesWildcard(parts, value);
    }
  }
}

function prefix(text: string): TextTest {
  if (!text.endsWith('"')) return (value) => value.startsWith(text);
  const whole = text.slice(0, -1);
  return (value) => value === whole || value.startsWith(text);
}

function suffix(text: string): TextTest {
  if (!text.startsWith('"')) return (value) => value.endsWith(text);
  const whole = text.slice(1);
  return (value) => value === whole || value.endsWith(text);
}

function foldedPrefix(text: string): TextTest {
  const folded = fold(text);
  return (value) => endOfFolded(folded, `${value}"`, 0) >= 0;
}

function foldedSuffix(text: string): TextTest {
  const folded = fold(text);
  return (value) => startOfFolded(folded, `"${value}`) >= 0;
}
