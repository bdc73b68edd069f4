/**
 * Bytes to be read four at a time. Reads may go up to `PADDING` bytes beyond the end of what is meant, where quotation
 * marks must stand: so that a search ends there, and nobody has to ask at every byte.
 */
export class Words {
  readonly view: DataView;
  readonly #buffer: Buffer;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  text(start: number, end: number): string {
    return this.#buffer.toString("utf8", start, end);
  }
}

/** How many bytes beyond the end are read at most. */
export const PADDING = 64;
export const QUOTE = 0x22;

/** With this bit, [ is { and ] is }. */
const BRACKET = 0x20;
export const OPENING = 0x7b;
export const CLOSING = 0x7d;
const BACKSLASH = 0x5c;
const FOUR_QUOTES = 0x22222222;

/**
 * Where a string ends: its closing quotation mark.
 *
 * @param at behind the opening one
 */
export function endOfString(words: Words, at: number): number {
  const { bytes, view } = words;
  let end = at;
  for (;;) {
    let quotes = quotesIn(view.getInt32(end, true));
    while (quotes === 0) {
      end += 4;
      quotes = quotesIn(view.getInt32(end, true));
    }
    end += (31 - Math.clz32(quotes & -quotes)) >> 3;
    if (bytes[end - 1] !== BACKSLASH || !isEscaped(bytes, end)) return end;
    end++;
  }
}

/** The highest bit of each byte that is a quotation mark, and no other bit. */
function quotesIn(word: number): number {
  const others = word ^ FOUR_QUOTES;
  return ~(((others & 0x7f7f7f7f) + 0x7f7f7f7f) | others | 0x7f7f7f7f);
}

function isEscaped(bytes: Uint8Array, at: number): boolean {
  let first = at;
  while (bytes[first - 1] === BACKSLASH) first--;
  return ((at - first) & 1) === 1;
}

/**
 * Where an object or an array ends: behind its closing bracket, or at least one byte behind the end of the bytes.
 * Which kind of bracket closes which is not looked at.
 *
 * @param at behind the opening bracket
 * @param end of the bytes
 */
export function endOfNested(words: Words, at: number, end: number): number {
  const { bytes } = words;
  let next = at;
  let depth = 1;
  for (;;) {
    const byte = bytes[next++] as number;
    if (byte === QUOTE) {
      if (next > end) return next;
      next = endOfString(words, next) + 1;
    } else if (byte >= 0x5b) {
      const bracket = byte | BRACKET;
      if (bracket === OPENING) depth++;
      else if (bracket === CLOSING && --depth === 0) return next;
    }
  }
}

/** Whether the byte is a bracket, or a brace, that is OPENING or CLOSING. */
export function isBracket(byte: number, which: typeof OPENING | typeof CLOSING): boolean {
  return byte >= 0x5b && (byte | BRACKET) === which;
}
