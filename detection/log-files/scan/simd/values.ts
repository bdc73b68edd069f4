import { BACKSLASH, CLOSING_BRACE, NOT_SEEN, OPENING_BRACE, OPENING_BRACKET, QUOTE } from "./bytes";

/** Where a value ends that nobody looks into; NOT_SEEN where that is not in the text. */
// @ts-ignore: decorator
@inline
export function endOfValue(at: usize, end: usize): usize {
  const first = load<u8>(at);
  if (first == QUOTE) {
    const close = endOfString(at + 1);
    return close < end ? close + 1 : NOT_SEEN;
  }
  if (first == OPENING_BRACE || first == OPENING_BRACKET) return endOfNested(at + 1, end);
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
 * @param end of the text
 */
function endOfNested(at: usize, end: usize): usize {
  let depth = 1;
  let inString: u64 = 0;
  let escaped: u64 = 0;
  for (; at < end; at += 64) {
    const first = v128.load(at);
    const second = v128.load(at, 16);
    const third = v128.load(at, 32);
    const fourth = v128.load(at, 48);
    let quotes = where(QUOTE, first, second, third, fourth);
    const all = where(BACKSLASH, first, second, third, fourth);
    if (escaped | all) {
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
    // With this bit, a bracket is a brace.
    const bit = i8x16.splat(0x20);
    const lower1 = v128.or(first, bit);
    const lower2 = v128.or(second, bit);
    const lower3 = v128.or(third, bit);
    const lower4 = v128.or(fourth, bit);
    const opening = where(OPENING_BRACE, lower1, lower2, lower3, lower4) & ~strings;
    let closing = where(CLOSING_BRACE, lower1, lower2, lower3, lower4) & ~strings;
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

/** A bit for each of 64 bytes that is the one. */
// @ts-ignore: decorator
@inline
function where(byte: u8, first: v128, second: v128, third: v128, fourth: v128): u64 {
  const wanted = i8x16.splat(byte);
  return (
    <u64>(<u32>i8x16.bitmask(i8x16.eq(first, wanted))) |
    (<u64>(<u32>i8x16.bitmask(i8x16.eq(second, wanted))) << 16) |
    (<u64>(<u32>i8x16.bitmask(i8x16.eq(third, wanted))) << 32) |
    (<u64>(<u32>i8x16.bitmask(i8x16.eq(fourth, wanted))) << 48)
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
