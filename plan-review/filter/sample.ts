import { type Comparison, type Condition, isNumber, type Term } from "./parse";

/** Where an event has nothing at a selector. */
export const NOTHING = Symbol("nothing");
/** An object or a list. */
export const OBJECT = Symbol("an object or a list");

/** What an event may have at a selector: one value for all values that conditions treat alike. */
export type Sample = typeof NOTHING | typeof OBJECT | null | boolean | number | string;

/** Something that AWS doesn't document: true or false, but the same wherever it is asked. */
export interface Undocumented {
  readonly key: string;
  readonly not: boolean;
}

/** Whether a text such as "5" is a number to a term that is one. */
const NUMBERS_IN_TEXTS = "numbers in texts";
/** Of which a regular expression is tried: with more repetitions it may take for ever. */
const REPETITIONS = 2;
const ALPHABET = ["x", "z", "q", "~", "^", "_", "0", "\uE000"];
/** Beyond it there are too many combinations. */
const MAX_CONTAINED = 4;

/**
 * Whether a condition holds for a value.
 *
 * @param trying whether regular expressions are tried on the text itself, which then stands for no other
 */
export function holds(condition: Condition, value: Sample, trying: boolean): boolean | Undocumented {
  const { test, term, selector } = condition;
  switch (test) {
    case "NOT EXISTS":
      return value === NOTHING || (value === null && undocumented("NOT EXISTS of null"));
    case "IS NULL":
      return value === null || (value === NOTHING && undocumented("IS NULL of nothing"));
    case "IS TRUE":
    case "IS FALSE": {
      const meant = test === "IS TRUE";
      return value === meant || (value === String(meant) && undocumented(`${test} of a text`));
    }
    case "=":
    case "!=": {
      if (test === "=") return equals(term, value, selector.text, trying);
      if (value === NOTHING || value === null || typeof value === "symbol")
        return undocumented(`!= of ${String(value)}`);
      const equal = equals(term, value, selector.text, trying);
      return typeof equal === "boolean" ? !equal : { ...equal, not: !equal.not };
    }
    default: {
      const number = numberIn(value);
      const found = number !== undefined && compares(number, test, Number(term.text));
      return found && (typeof value === "number" || undocumented(NUMBERS_IN_TEXTS));
    }
  }
}

function compares(value: number, test: Comparison, limit: number): boolean {
  if (test === "<") return value < limit;
  if (test === "<=") return value <= limit;
  return test === ">" ? value > limit : value >= limit;
}

/** Undefined for what is neither a number nor the text of one. */
function numberIn(value: Sample): number | undefined {
  if (typeof value === "number") return value;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
  return Number.isNaN(number) ? undefined : number;
}

function equals(term: Term, value: Sample, where: string, trying: boolean): boolean | Undocumented {
  if (value === null || typeof value === "symbol") return false;
  const free = undocumented(`${where} = ${term.form} ${term.text} of ${typeof value}`);
  if (term.form === "regex") {
    if (typeof value === "boolean") return false;
    const regex = trying && typeof value === "string" ? regexOf(term.text) : undefined;
    return regex && typeof value === "string" ? regex.test(value) : free;
  }
  const glob = globOf(term.text);
  if (typeof value === "boolean") return glob?.kind === "any" || term.text === String(value) ? free : false;
  if (typeof value === "number") {
    if (isNumber(term)) return Number(term.text) === value;
    if (glob?.kind === "any") return true;
    if (glob?.kind === "exact") return term.text === String(value) || (Number(term.text) === value && free);
    return /^[\d.eE+*-]*$/.test(term.text) && free;
  }
  if (isNumber(term)) return numberIn(value) === Number(term.text) && undocumented(NUMBERS_IN_TEXTS);
  // What has the very asterisks is matched, whatever they mean.
  if (!glob) return literally(term.text, value) || free;
  switch (glob.kind) {
    case "any":
      return true;
    case "exact":
      return value === glob.text;
    case "prefix":
      return value.startsWith(glob.text);
    case "suffix":
      return value.endsWith(glob.text);
    case "contained":
      return value.includes(glob.text);
  }
}

function undocumented(key: string): Undocumented {
  return { key, not: false };
}

interface Glob {
  readonly kind: "any" | "exact" | "prefix" | "suffix" | "contained";
  readonly text: string;
}

/** Asterisks are wildcards at either end; what one in between means isn't documented: undefined. */
function globOf(text: string): Glob | undefined {
  const inner = text.replace(/^\*+|\*+$/g, "");
  if (inner === "") return { kind: text === "" ? "exact" : "any", text: "" };
  if (inner.includes("*")) return undefined;
  const [before, after] = [text.startsWith("*"), text.endsWith("*")];
  if (before) return { kind: after ? "contained" : "suffix", text: inner };
  return { kind: after ? "prefix" : "exact", text: inner };
}

function literally(text: string, value: string): boolean {
  const inner = text.replace(/^\*+|\*+$/g, "");
  const [open, end] = [text.startsWith("*"), text.endsWith("*")];
  if (open) return end ? value.includes(inner) : value.endsWith(inner);
  return end ? value.startsWith(inner) : value === inner;
}

/** CloudWatch finds a regular expression anywhere in the text, and knows no groups. */
function regexOf(text: string): RegExp | undefined {
  if ((text.match(/[*+{]/g) ?? []).length > REPETITIONS) return undefined;
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}

/**
 * Values for a selector, such that each value which an event may have there is treated by all conditions as one of these
 * is, up to regular expressions.
 *
 * @param conditions those of the selector
 * @returns undefined when there would be too many
 */
export function samplesFor(conditions: readonly Condition[]): readonly Sample[] | undefined {
  const terms = conditions.flatMap(({ term }) => term ?? []);
  const strings = textsFor(terms);
  return strings && [...strings, NOTHING, ...numbersFor(terms), null, true, false, OBJECT];
}

function textsFor(terms: readonly Term[]): readonly string[] | undefined {
  const globs = terms.filter(({ form }) => form !== "regex").flatMap(({ text }) => globOf(text) ?? []);
  const of = (kind: Glob["kind"]) => [...new Set(globs.filter((glob) => glob.kind === kind).map(({ text }) => text))];
  const contained = of("contained");
  if (contained.length > MAX_CONTAINED) return undefined;
  const written = terms.map(({ text }) => text).join("");
  const filler = ALPHABET.find((letter) => !written.includes(letter)) ?? "\uE001";
  const combined = ["", ...of("prefix")].flatMap((prefix) =>
    ["", ...of("suffix")].flatMap((suffix) =>
      subsets(contained).map((those) => [prefix, ...those, suffix].join(filler)),
    ),
  );
  const numeric = terms.some(isNumber) ? numbersFor(terms).map(String) : [];
  const spelled = terms.filter(({ form }) => form === "regex").flatMap(({ text }) => spelledBy(text));
  const starred = terms
    .filter(({ form, text }) => form !== "regex" && !globOf(text))
    .map(({ text }) => text.replace(/^\*+|\*+$/g, ""));
  return [...new Set([...of("exact"), ...numeric, ...spelled, ...starred, "true", "false", ...combined])];
}

const ATOM = /\\([dws])|\\(.)|\[(\^?)([^\]\\])?[^\]]*\]|([*+?]|\{(\d+)[^}]*\})|(\|)|([\^$])|(.)/gs;
const CLASSES: Readonly<Record<string, string>> = { d: "0", w: "x", s: " " };

/** A text for each alternative of a regular expression, that it may well match; one in which that fails shows nothing. */
function spelledBy(regex: string): readonly string[] {
  const found = [""];
  let last = "";
  for (const [, kind, escaped, not, first, repeated, times, or, anchor, plain] of regex.matchAll(ATOM)) {
    const text = found.pop() ?? "";
    if (or !== undefined) found.push(text, "");
    else if (anchor !== undefined) found.push(text);
    else if (repeated !== undefined) found.push(text + last.repeat(Math.max(Math.min(Number(times ?? 1), 64) - 1, 0)));
    else {
      last =
        escaped ?? (kind === undefined ? (plain === "." ? "x" : plain) : CLASSES[kind]) ?? (not ? "x" : first) ?? "x";
      found.push(text + last);
    }
  }
  return found;
}

/** The numbers that are named, one between each two, and one at either end. */
function numbersFor(terms: readonly Term[]): readonly number[] {
  const named = terms
    .filter(({ form, text }) => form !== "regex" && text.trim() !== "")
    .map(({ text }) => Number(text))
    .filter((number) => Number.isFinite(number))
    .sort((a, b) => a - b);
  const [first = 0] = named;
  const between = named.map((number, index) => (number + (named[index + 1] ?? number + 2)) / 2);
  return [...new Set([...named, first - 1, ...between])];
}

function subsets(texts: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: 2 ** texts.length }, (_, number) =>
    texts.filter((_text, index) => ((number >> index) & 1) === 1),
  );
}
