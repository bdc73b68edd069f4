import { isAt } from "./byte-table";
import { type KeyLevel, type KeyTree, NOT_ASKED, UNSURE } from "./key-tree";
import { type SimdKeys, simdKeys } from "./simd-keys";
import { endOfNested, endOfString, QUOTE, type Words } from "./words";

/** The bytes end before the value does. */
export const INCOMPLETE = -1;
/** No value begins here. */
export const MALFORMED = -2;

const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** Finds where a value ends, and where in it lie the values that a tree of keys leads to. */
export class Skimmer {
  /** Per key of the tree, where its value begins and ends; -1 where it is absent. */
  readonly spans: Int32Array;
  /** The same keys for `SimdText`. */
  readonly simdKeys: SimdKeys;
  /** Whether the spans do not tell everything: a key came twice, a value is no scalar, a key may be another's path. */
  unsure = false;

  readonly #root: KeyLevel;
  readonly #records: number;
  #end = 0;

  constructor(keys: KeyTree) {
    const { root, size, records } = keys;
    this.simdKeys = simdKeys(keys);
    this.#root = root;
    this.#records = records;
    this.spans = new Int32Array(2 * size);
  }

  /** Where the value of `Records` begins, even if it is not all there; -1 where the key is absent. */
  get records(): number {
    return this.spans[2 * this.#records] as number;
  }

  /**
   * @param at where the value begins
   * @param end of the bytes, behind which the padding stands
   * @returns where it ends, or INCOMPLETE
   */
  skim(words: Words, at: number, end: number): number {
    this.spans.fill(-1);
    this.unsure = false;
    if (words.bytes[at] === OPENING_BRACE) {
      this.#end = end;
      const after = this.#object(words, at + 1, this.#root);
      if (after !== MALFORMED) return after;
    }
    this.unsure = true;
    return endOfValue(words, at, end);
  }

  #object(words: Words, from: number, level: KeyLevel): number {
    const { bytes } = words;
    const end = this.#end;
    let at = from;
    if (isSpace(bytes[at] as number)) at = afterSpace(bytes, at);
    if (at >= end) return INCOMPLETE;
    if (bytes[at] === CLOSING_BRACE) return at + 1;
    let known = level.start;
    for (;;) {
      if (at >= end) return INCOMPLETE;
      if (bytes[at] !== QUOTE) return MALFORMED;
      const key = at + 1;
      const guess = known.next;
      at = key + guess.length;
      if (at < end && isAt(guess.words, 0, words.view, key, at)) {
        known = guess;
      } else {
        const keyEnd = endOfString(words, key);
        at = keyEnd + 1;
        if (isSpace(bytes[at] as number)) at = afterSpace(bytes, at);
        if (at >= end) return INCOMPLETE;
        if (bytes[at] !== COLON) return MALFORMED;
        at++;
        const next = level.find(words, key, keyEnd);
        known.next = next;
        known = next;
      }
      if (isSpace(bytes[at] as number)) at = afterSpace(bytes, at);
      if (at >= end) return INCOMPLETE;
      const after = known.found === NOT_ASKED ? endOfValue(words, at, end) : this.#asked(words, at, level, known.found);
      if (after < 0) return after;
      at = after;
      if (isSpace(bytes[at] as number)) at = afterSpace(bytes, at);
      if (at >= end) return INCOMPLETE;
      const next = bytes[at] as number;
      at++;
      if (next === CLOSING_BRACE) return at;
      if (next !== COMMA) return MALFORMED;
      if (isSpace(bytes[at] as number)) at = afterSpace(bytes, at);
    }
  }

  #asked(words: Words, at: number, level: KeyLevel, found: number): number {
    if (found === UNSURE) {
      this.unsure = true;
      return endOfValue(words, at, this.#end);
    }
    const { number, leaf, level: within } = level.step(found);
    if (this.spans[2 * number] !== -1) this.unsure = true;
    this.spans[2 * number] = at;
    const first = words.bytes[at];
    let after: number;
    if (first === OPENING_BRACE && within) {
      after = this.#object(words, at + 1, within);
    } else {
      if (first === OPENING_BRACKET || first === OPENING_BRACE) this.unsure = true;
      after = endOfValue(words, at, this.#end);
    }
    // Of an object that is asked for and asked within, nothing is found but what lies within.
    if (leaf && first === OPENING_BRACE) this.unsure = true;
    this.spans[2 * number + 1] = after;
    return after;
  }
}

/** @returns where the value ends that begins here, MALFORMED where none begins, or INCOMPLETE */
export function endOfValue(words: Words, at: number, end: number): number {
  const { bytes } = words;
  const first = bytes[at] as number;
  let after: number;
  if (first === QUOTE) {
    after = endOfString(words, at + 1) + 1;
  } else if (first === OPENING_BRACE || first === OPENING_BRACKET) {
    after = endOfNested(words, at + 1, end);
  } else {
    after = at;
    while (isOfScalar(bytes[after] as number)) after++;
    // More of it may be to come.
    if (after >= end) return INCOMPLETE;
    return after === at ? MALFORMED : after;
  }
  return after > end ? INCOMPLETE : after;
}

/** Whether a number, `true`, `false` or `null` may have the byte in it. */
export function isOfScalar(byte: number): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x2d ||
    byte === 0x2b ||
    byte === 0x2e ||
    byte === 0x45
  );
}

function isSpace(byte: number): boolean {
  return byte <= 0x20 && (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09);
}

export function afterSpace(bytes: Uint8Array, at: number): number {
  let next = at;
  while (isSpace(bytes[next] as number)) next++;
  return next;
}
