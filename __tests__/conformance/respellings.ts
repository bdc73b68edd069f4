import { type Entry, isNumber, list, literal, type Text, type Tree, text } from "./tree/tree";

/** A half of a surrogate pair that stands alone. */
const HALF_PAIR = /\p{Surrogate}/gu;
/** The mask in digits of any script. */
const MASK = /\/[+-]?\p{Nd}+\/*$/u;
const LARGEST = "1.7976931348623157e308";
const NEXT_TO_LARGEST = "1.7976931348623155e308";
/** What a number that no double comes near is replaced by. */
const BEYOND = "1.5e300";

/** Every number as `JSON.parse` reads it, where that isn't what is written. */
export function doubles(tree: Tree): Tree {
  return rewritten(tree, (part) => {
    if (!isNumber(part) || !losesDigits(part.text)) return part;
    const value = Number(part.text);
    return literal(Number.isFinite(value) ? String(value) : (value < 0 ? "-" : "") + BEYOND);
  });
}

/** Objects as `JSON.parse` keeps them: a key that comes again leaves its value at the first place. */
export function lastOfEachKey(tree: Tree): Tree {
  return rewritten(tree, (part) => {
    if (part.type !== "object") return part;
    const byKey = new Map<string, Entry>();
    for (const { key, value } of part.entries) byKey.set(key.value, { key: byKey.get(key.value)?.key ?? key, value });
    return { type: "object", entries: [...byKey.values()] };
  });
}

/** Keys in the order in which JavaScript keeps them. */
export function keysInOrder(tree: Tree): Tree {
  return rewritten(tree, (part) => {
    if (part.type !== "object") return part;
    const [numbers, names] = [part.entries.filter(isIndex), part.entries.filter((one) => !isIndex(one))];
    numbers.sort((a, b) => Number(a.key.value) - Number(b.key.value));
    return { type: "object", entries: [...numbers, ...names] };
  });
}

/** Every `$or` under another name. */
export function orAsPlainField(tree: Tree): Tree {
  return rewrittenTexts(tree, ({ value }, isKey) =>
    isKey ? value.replace(/(?<=^|\.)\$or(?=\.|$)/g, "$other") : value,
  );
}

/** An empty list within `anything-but` with a text in it that no event has. */
export function saidLists(tree: Tree): Tree {
  return rewritten(tree, (part) => {
    if (part.type !== "object" || part.entries.length !== 1) return part;
    const [only] = part.entries;
    if (only?.key.value !== "anything-but" || only.value.type !== "object") return part;
    const entries = only.value.entries.map(
      (one): Entry => (isEmptyList(one.value) ? { ...one, value: list(text("no event has this text")) } : one),
    );
    return { type: "object", entries: [{ ...only, value: { type: "object", entries } }] };
  });
}

/** A question mark for every half of a surrogate pair. */
export function questionMarks(tree: Tree): Tree {
  return rewrittenTexts(tree, ({ value }) => value.replace(HALF_PAIR, "?"));
}

/** Masks in the digits of this text. */
export function asciiMasks(tree: Tree): Tree {
  return rewrittenTexts(tree, ({ value }) => value.replace(MASK, (mask) => mask.replace(/\p{Nd}/gu, asciiDigit)));
}

/** The number beside the largest in its place. */
export function smallerThanLargest(tree: Tree): Tree {
  return rewritten(tree, (part) => {
    if (!isNumber(part) || Math.abs(Number(part.text)) !== Number(LARGEST)) return part;
    return literal((part.text.startsWith("-") ? "-" : "") + NEXT_TO_LARGEST);
  });
}

/** Every number as JavaScript writes it. */
export function usualNumbers(tree: Tree): Tree {
  return rewritten(tree, (part) =>
    isNumber(part) && Number.isFinite(Number(part.text)) ? literal(String(Number(part.text))) : part,
  );
}

/** Rewrites every part of the tree, the innermost first. */
function rewritten(tree: Tree, rewrite: (part: Tree) => Tree): Tree {
  if (tree.type === "array")
    return rewrite({ type: "array", items: tree.items.map((item) => rewritten(item, rewrite)) });
  if (tree.type !== "object") return rewrite(tree);
  const entries = tree.entries.map(({ key, value }): Entry => ({ key, value: rewritten(value, rewrite) }));
  return rewrite({ type: "object", entries });
}

/** Texts that stay the same keep their spelling. */
function rewrittenTexts(tree: Tree, rewrite: (part: Text, isKey: boolean) => string): Tree {
  const other = (part: Text, isKey: boolean): Text => {
    const value = rewrite(part, isKey);
    return value === part.value ? part : text(value);
  };
  return rewritten(tree, (part) => {
    if (part.type === "string") return other(part, false);
    if (part.type !== "object") return part;
    return { type: "object", entries: part.entries.map(({ key, value }) => ({ key: other(key, true), value })) };
  });
}

function isEmptyList(tree: Tree): boolean {
  return tree.type === "array" && tree.items.length === 0;
}

/** Whether JavaScript takes the key for an array's index. */
function isIndex({ key }: Entry): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(key.value) && Number(key.value) < 2 ** 32 - 1;
}

/** The digits of every script stand in a row, from 0 to 9; several rows may follow each other. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before++;
  return String(before % 10);
}

function losesDigits(number: string): boolean {
  return decimal(number) !== decimal(String(Number(number)));
}

/** Sign, digits and exponent in one way of the many to write a number. */
function decimal(number: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(number) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const kept = digits.replace(/0+$/, "");
  if (kept === "") return /^-?\d/.test(number) ? "0" : number;
  return `${sign}${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`;
}
