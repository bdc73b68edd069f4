/**
 * What ../skimmer.ts does, sixteen bytes at a time, for many records in one call. Whatever it does not see through it
 * leaves to that one: values that are no object, damage, keys written with escapes or with a dot.
 *
 * The memory begins with the keys (../simd-keys.ts), then come the records found, and the text: see ../simd-text.ts.
 */
import {
  afterSpace,
  BACKSLASH,
  CLOSING_BRACE,
  COLON,
  COMMA,
  NOT_SEEN,
  OPENING_BRACE,
  OPENING_BRACKET,
  QUOTE,
} from "./bytes";
import { endOfValue } from "./values";

/** `,"`. */
const COMMA_QUOTE: u16 = 0x222c;

/** The offsets of what an entry says of its key. */
const NEXT: usize = 0;
const LENGTH: usize = 4;
const NUMBER: usize = 8;
const LEAF: usize = 12;
const LEVEL: usize = 16;
const KEY: usize = 32;

/** Bytes of a slot of the memo, in front of its value, and the logarithm of their number. */
const SLOT: usize = 256;
const SLOT_HEAD: usize = 16;
const SLOT_BITS: u64 = 12;
/** Slots that a value may be in. */
const WAYS: usize = 4;

/** Words before the spans of a record: where it begins, where it ends, whether it is unsure. */
const HEAD: usize = 3;

let end: usize = 0;
let unsure: i32 = 0;
let spans: usize = 0;
let classes: usize = 0;
let base: usize = 0;
let slots: usize = 0;
/** Which of the slots of a value is given up for it. */
let turn: usize = 0;

/**
 * Skims records, one behind the other with commas between them, up to one that it leaves.
 *
 * @param text where the text is in the memory: what is told are offsets from here
 * @param at where the first record begins
 * @param textEnd behind which there are 64 quotation marks
 * @param root the outermost level of keys
 * @param records where to tell them
 * @param stride bytes for each, a multiple of 16
 * @param most that there is room for
 * @param size how many keys there are
 * @param memo slots that tell the classes of values: the value's length and its key's number, the class, the value; 0
 *   where nobody asks for classes
 * @returns how many there are
 */
export function skim(
  text: usize,
  at: usize,
  textEnd: usize,
  root: usize,
  records: usize,
  stride: usize,
  most: i32,
  size: usize,
  memo: usize,
): i32 {
  end = textEnd;
  base = text;
  slots = memo;
  let count = 0;
  let record = records;
  while (count < most && at < end && load<u8>(at) == OPENING_BRACE) {
    for (let word: usize = 0; word < stride; word += 16) v128.store(record + word, i32x4.splat(-1));
    spans = record + 4 * HEAD;
    classes = spans + 8 * size;
    unsure = 0;
    const after = object(at + 1, root);
    if (after == NOT_SEEN) break;
    store<u32>(record, <u32>(at - text));
    store<u32>(record + 4, <u32>(after - text));
    store<i32>(record + 8, unsure);
    record += stride;
    count++;
    at = afterSpace(after);
    if (at >= end || load<u8>(at) != COMMA) break;
    at = afterSpace(at + 1);
  }
  return count;
}

/** @param at behind the opening brace */
function object(at: usize, level: usize): usize {
  at = afterSpace(at);
  if (at >= end) return NOT_SEEN;
  if (load<u8>(at) == CLOSING_BRACE) return at + 1;
  while (true) {
    if (at >= end || load<u8>(at) != QUOTE) return NOT_SEEN;
    const key = at + 1;
    const keyEnd = endOfPlainKey(key);
    if (keyEnd == NOT_SEEN || keyEnd >= end) return NOT_SEEN;
    at = keyEnd + 1;
    if (load<u8>(at) != COLON) {
      at = afterSpace(at);
      if (at >= end || load<u8>(at) != COLON) return NOT_SEEN;
    }
    at = afterSpace(at + 1);
    if (at >= end) return NOT_SEEN;
    const entry = entryOf(level, key, <u32>(keyEnd - key));
    at = entry ? asked(at, entry) : endOfValue(at, end);
    if (at == NOT_SEEN) return NOT_SEEN;
    if (load<u16>(at) == COMMA_QUOTE) {
      at++;
      continue;
    }
    at = afterSpace(at);
    if (at >= end) return NOT_SEEN;
    const next = load<u8>(at);
    at++;
    if (next == CLOSING_BRACE) return at;
    if (next != COMMA) return NOT_SEEN;
    at = afterSpace(at);
  }
}

function asked(at: usize, entry: usize): usize {
  const number = <usize>load<u32>(entry + NUMBER);
  const span = spans + 8 * number;
  if (load<i32>(span) != -1) unsure = 1;
  store<u32>(span, <u32>(at - base));
  const first = load<u8>(at);
  const level = <usize>load<u32>(entry + LEVEL);
  let after: usize;
  if (first == OPENING_BRACE && level) {
    if (load<u32>(entry + LEAF)) unsure = 1;
    after = object(at + 1, level);
  } else {
    after = endOfValue(at, end);
    if (first == OPENING_BRACE || first == OPENING_BRACKET) unsure = 1;
    else if (after != NOT_SEEN) store<i32>(classes + 4 * number, classOf(at, <u32>(after - at), <u32>number));
  }
  store<u32>(span + 4, <u32>(after - base));
  return after;
}

/** The class of a value; or, below -1, the slot that it may be remembered in; or -1 for a long one, or without slots. */
// @ts-ignore: decorator
@inline
function classOf(at: usize, length: u32, number: u32): i32 {
  if (<usize>length > SLOT - SLOT_HEAD) return -1;
  if (slots == 0) return -1;
  // What stands before a short value is its key, mostly in the same way.
  const head = length >= 8 ? load<u64>(at) : 0;
  const mixed = (head ^ (load<u64>(at + length - 8) * 0x9e3779b97f4a7c15) ^ ((length << 8) | number)) * 0xd6e8feb86659fd93;
  const slot = <usize>(mixed >> (64 - SLOT_BITS));
  const tag = (number << 8) | length;
  for (let way: usize = 0; way < WAYS; way++) {
    const place = slots + (slot ^ way) * SLOT;
    if (load<u32>(place) == tag && isAt(at, place + SLOT_HEAD, length)) return load<i32>(place + 4);
  }
  turn = (turn + 1) & (WAYS - 1);
  return -2 - <i32>(slot ^ turn);
}

/** The entry of a key that is asked for; 0 for another. */
// @ts-ignore: decorator
@inline
function entryOf(level: usize, key: usize, length: u32): usize {
  const last = length >= 4 ? load<u32>(key + length - 4) : load<u32>(key) & ((1 << (length << 3)) - 1);
  const hash = ((last + length) * 0x9e3779b1) >>> 26;
  let entry = <usize>load<u16>(level + 2 * hash);
  while (entry) {
    if (load<u32>(entry + LENGTH) == length && isAt(key, entry + KEY, length)) return entry;
    entry = <usize>load<u32>(entry + NEXT);
  }
  return 0;
}

/** Whether two places have the same bytes. */
// @ts-ignore: decorator
@inline
function isAt(place: usize, other: usize, length: u32): bool {
  return length < 16 ? endsAlike(place, other, length) : isLongAt(place, other, length);
}

function isLongAt(place: usize, other: usize, length: u32): bool {
  let rest = length;
  while (rest >= 16) {
    if (!i8x16.all_true(i8x16.eq(v128.load(place), v128.load(other)))) return false;
    place += 16;
    other += 16;
    rest -= 16;
  }
  return endsAlike(place, other, rest);
}

// @ts-ignore: decorator
@inline
function endsAlike(place: usize, other: usize, length: u32): bool {
  const different = ~i8x16.bitmask(i8x16.eq(v128.load(place), v128.load(other)));
  return (different & ((1 << length) - 1)) == 0;
}

/** Where a key ends; NOT_SEEN where it has a dot, a backslash, a control character or what is not ASCII in it. */
// @ts-ignore: decorator
@inline
function endOfPlainKey(key: usize): usize {
  let at = key;
  while (true) {
    const bytes = v128.load(at);
    const quotes = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(QUOTE)));
    const others = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, i8x16.splat(BACKSLASH)), i8x16.eq(bytes, i8x16.splat(0x2e))),
        // Signed: bytes from 0x80 on are below as well.
        i8x16.lt_s(bytes, i8x16.splat(0x20)),
      ),
    );
    if (quotes) return (quotes ^ (quotes - 1)) & others ? NOT_SEEN : at + ctz(quotes);
    if (others) return NOT_SEEN;
    at += 16;
  }
}
