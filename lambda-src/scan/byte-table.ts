import type { Words } from "./words";

/** Numbers of byte sequences that come again and again, so that what they mean is worked out once. */
export class ByteTable {
  #slots = new Int32Array(256);
  /** The sequences, one behind the other, each filled up to whole words. */
  #words = new Int32Array(1024);
  #used = 0;
  #count = 0;
  /** Per entry: first word, length in bytes, hash, number. */
  #entries = new Int32Array(4 * 128);
  #hash = 0;

  /** @returns the sequence's number, at least 0; or -1 */
  find({ view }: Words, start: number, end: number): number {
    let hash = end - start;
    let at = start;
    for (; at + 4 <= end; at += 4) hash = mixed(hash, view.getInt32(at, true));
    if (at < end) hash = mixed(hash, rest(view, at, end));
    hash ^= hash >>> 15;
    this.#hash = hash;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = (this.#slots[slot] as number) - 1;
      if (entry < 0) return -1;
      if (this.#entries[4 * entry + 2] === hash && this.#isAt(4 * entry, view, start, end)) {
        return this.#entries[4 * entry + 3] as number;
      }
    }
  }

  #isAt(entry: number, view: DataView, start: number, end: number): boolean {
    if (this.#entries[entry + 1] !== end - start) return false;
    let word = this.#entries[entry] as number;
    let at = start;
    for (; at + 4 <= end; at += 4) if (this.#words[word++] !== view.getInt32(at, true)) return false;
    return at === end || this.#words[word] === rest(view, at, end);
  }

  /** Remembers the sequence that `find` has just been asked for. All are forgotten when there are too many. */
  add({ view }: Words, start: number, end: number, number: number): void {
    if (end - start > MAX_LENGTH) return;
    if (this.#count === MAX_ENTRIES) this.#forget();
    const size = (end - start + 3) >> 2;
    if (this.#used + size > this.#words.length) this.#words = grown(this.#words, this.#used + size);
    if (4 * this.#count === this.#entries.length) this.#entries = grown(this.#entries, this.#entries.length + 4);
    const entry = 4 * this.#count;
    this.#entries[entry] = this.#used;
    this.#entries[entry + 1] = end - start;
    this.#entries[entry + 2] = this.#hash;
    this.#entries[entry + 3] = number;
    let at = start;
    for (; at + 4 <= end; at += 4) this.#words[this.#used++] = view.getInt32(at, true);
    if (at < end) this.#words[this.#used++] = rest(view, at, end);
    this.#count++;
    if (2 * this.#count > this.#slots.length) this.#spread();
    else this.#place(this.#count - 1);
  }

  #place(entry: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#entries[4 * entry + 2] as number) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry + 1;
  }

  #spread(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let entry = 0; entry < this.#count; entry++) this.#place(entry);
  }

  #forget(): void {
    this.#slots.fill(0);
    this.#used = 0;
    this.#count = 0;
  }
}

/** More than the names, services and tools of any account; so many that somebody makes up can't fill the memory. */
const MAX_ENTRIES = 4096;
/** Bytes of the longest sequence that is remembered. */
const MAX_LENGTH = 512;

function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return (product << 13) | (product >>> 19);
}

/** The last one to three bytes as a word. */
function rest(view: DataView, at: number, end: number): number {
  return view.getInt32(at, true) & ((1 << ((end - at) << 3)) - 1);
}

function grown(array: Int32Array, atLeast: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(2 * array.length, atLeast));
  larger.set(array);
  return larger;
}
