/**
 * What ../skimmer.ts does, sixteen bytes at a time, for many records in one call. Whatever it does not see through it
 * leaves to that one: values that are no object, damage, keys written with escapes or with a dot.
 *
 * The memory begins with the keys (../simd-keys.ts), then come the records found, and the text: see ../simd-text.ts.
 */

const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const COLON: u8 = 0x3a;
const BACKSLASH: u8 = 0x5c;
const OPENING_BRACKET: u8 = 0x5b;
const OPENING_BRACE: u8 = 0x7b;
const CLOSING_BRACE: u8 = 0x7d;
/** `,"`. */
const COMMA_QUOTE: u16 = 0x222c;

/** Left to the other. */
const NOT_SEEN: usize = 0;

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
    at = entry ? asked(at, entry) : endOfValue(at);
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
    after = endOfValue(at);
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

// @ts-ignore: decorator
@inline
function endOfValue(at: usize): usize {
  const first = load<u8>(at);
  if (first == QUOTE) {
    const close = endOfString(at + 1);
    return close < end ? close + 1 : NOT_SEEN;
  }
  if (first == OPENING_BRACE || first == OPENING_BRACKET) return endOfNested(at + 1);
  let after = at;
  while (isOfScalar(load<u8>(after))) after++;
  return after >= end || after == at ? NOT_SEEN : after;
}

/** @param at behind the opening quotation mark */
// @ts-ignore: decorator
@inline
function endOfString(at: usize): usize {
  while (true) {
    let quotes = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(QUOTE)));
    while (!quotes) {
      at += 16;
      quotes = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(QUOTE)));
    }
    at += ctz(quotes);
    if (load<u8>(at - 1) != BACKSLASH || !isEscaped(at)) return at;
    at++;
  }
}

function isEscaped(at: usize): bool {
  let first = at;
  while (load<u8>(first - 1) == BACKSLASH) first--;
  return ((at - first) & 1) == 1;
}

/**
 * Takes 64 bytes at a time, a bit for each: what lies in strings is told from the rest without going from one to the next.
 *
 * @param at behind the opening bracket
 */
function endOfNested(at: usize): usize {
  let depth = 1;
  let inString: u64 = 0;
  let escaped: u64 = 0;
  for (; at < end; at += 64) {
    const first = v128.load(at);
    const second = v128.load(at, 16);
    const third = v128.load(at, 32);
    const fourth = v128.load(at, 48);
    let quotes = bits(eq(first, QUOTE), eq(second, QUOTE), eq(third, QUOTE), eq(fourth, QUOTE));
    const either = v128.or(v128.or(eq(first, BACKSLASH), eq(second, BACKSLASH)), v128.or(eq(third, BACKSLASH), eq(fourth, BACKSLASH)));
    let all: u64 = 0;
    if (escaped || v128.any_true(either)) {
      all = bits(eq(first, BACKSLASH), eq(second, BACKSLASH), eq(third, BACKSLASH), eq(fourth, BACKSLASH));
      let backslashes = all & ~escaped;
      quotes &= ~escaped;
      escaped = 0;
      while (backslashes) {
        const next = (backslashes & -backslashes) << 1;
        escaped = next ? 0 : 1;
        quotes &= ~next;
        backslashes &= ~next & (backslashes - 1);
      }
    }
    const strings = untilNext(quotes) ^ inString;
    // Damage: it escapes no quotation mark.
    if (all & ~strings) return NOT_SEEN;
    inString = <u64>(<i64>strings >> 63);
    const opening = bits(bracket(first, OPENING_BRACE), bracket(second, OPENING_BRACE), bracket(third, OPENING_BRACE), bracket(fourth, OPENING_BRACE)) & ~strings;
    let closing = bits(bracket(first, CLOSING_BRACE), bracket(second, CLOSING_BRACE), bracket(third, CLOSING_BRACE), bracket(fourth, CLOSING_BRACE)) & ~strings;
    const after = depth + <i32>popcnt(opening) - <i32>popcnt(closing);
    // With fewer closing ones than are open, it can't be in these bytes. Behind the end there are none.
    if (<i32>popcnt(closing) >= depth) {
      for (let open = depth; closing; closing &= closing - 1) {
        open--;
        const before = (closing & -closing) - 1;
        if (open + <i32>popcnt(opening & before) == 0) return at + <usize>ctz(closing) + 1;
      }
    }
    depth = after;
  }
  return NOT_SEEN;
}

// @ts-ignore: decorator
@inline
function eq(bytes: v128, byte: u8): v128 {
  return i8x16.eq(bytes, i8x16.splat(byte));
}

/** Brackets and braces are one bit apart. */
// @ts-ignore: decorator
@inline
function bracket(bytes: v128, brace: u8): v128 {
  return i8x16.eq(v128.or(bytes, i8x16.splat(0x20)), i8x16.splat(brace));
}

/** A bit for each of 64 bytes. */
// @ts-ignore: decorator
@inline
function bits(first: v128, second: v128, third: v128, fourth: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(first)) |
    (<u64>(<u32>i8x16.bitmask(second)) << 16) |
    (<u64>(<u32>i8x16.bitmask(third)) << 32) |
    (<u64>(<u32>i8x16.bitmask(fourth)) << 48)
  );
}

/** From each odd bit that is set, up to the next one: where strings are, given their quotation marks. */
// @ts-ignore: decorator
@inline
function untilNext(quotes: u64): u64 {
  quotes ^= quotes << 1;
  quotes ^= quotes << 2;
  quotes ^= quotes << 4;
  quotes ^= quotes << 8;
  quotes ^= quotes << 16;
  quotes ^= quotes << 32;
  return quotes;
}

// @ts-ignore: decorator
@inline
function isOfScalar(byte: u8): bool {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte == 0x2d ||
    byte == 0x2b ||
    byte == 0x2e ||
    byte == 0x45
  );
}

// @ts-ignore: decorator
@inline
function afterSpace(at: usize): usize {
  while (isSpace(load<u8>(at))) at++;
  return at;
}

// @ts-ignore: decorator
@inline
function isSpace(byte: u8): bool {
  return byte <= 0x20 && (byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09);
}
