import type { Words } from "./words";

/** More than the names, services and tools of any account; what somebody makes up can't fill the memory. */
const MAX_ENTRIES = 4096;
/** Bytes of the longest sequence that is remembered. */
const MAX_LENGTH = 512;

/** Bytes, whole words of them, at either end of a long sequence. */
const SAMPLE = 16;
/** Spreads 32 bits well (Fibonacci hashing). */
const MULTIPLIER = 0x9e3779b1;
/** Slots looked at: should somebody make up sequences that all want the same one, some aren't remembered. */
const MAX_PROBES = 32;

/** Numbers for byte sequences that come again and again, so that what they mean is worked out once. */
export class ByteTable {
  /** Numbers of entries from 1 on; 0 is a free slot. */
  #slots = new Int32Array(64);
  /** How far a hash is shifted to be a slot: its upper bits depend on every byte. */
  #shift = 32 - 6;
  /** The sequences, one behind the other, each filled up to whole words. */
  #words = new Int32Array(512);
  #used = 0;
  /** Per entry: place of its first word, length in bytes, hash, number. */
  #entries = new Int32Array(4 * 32);
  #count = 0;

  /** @returns the number that the sequence was added with, which must be 0 or more; or -1 */
  find({ view }: Words, start: number, end: number): number {
    const hash = hashOf(view, start, end);
    const slots = this.#slots;
    const entries = this.#entries;
    let slot = hash >>> this.#shift;
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      const entry = ((slots[slot] as number) - 1) << 2;
      if (entry < 0) return -1;
      if (entries[entry + 2] === hash && entries[entry + 1] === end - start) {
        if (isAt(this.#words, entries[entry] as number, view, start, end)) return entries[entry + 3] as number;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  /** Remembers a sequence that is not there. When there are too many, all are forgotten. */
  add({ view }: Words, start: number, end: number, number: number): void {
    if (end - start > MAX_LENGTH) return;
    if (this.#count === MAX_ENTRIES) this.#forget();
    const size = (end - start + 3) >> 2;
    if (this.#used + size > this.#words.length) this.#words = doubled(this.#words);
    if (4 * this.#count === this.#entries.length) this.#entries = doubled(this.#entries);
    this.#entries.set([this.#used, end - start, hashOf(view, start, end), number], 4 * this.#count);
    this.#count++;
    let at = start;
    for (; at + 4 <= end; at += 4) this.#words[this.#used++] = view.getInt32(at, true);
    if (at < end) this.#words[this.#used++] = lastBytes(view, at, end);
    if (2 * this.#count <= this.#slots.length) {
      this.#place(this.#count);
    } else {
      this.#slots = new Int32Array(2 * this.#slots.length);
      this.#shift--;
      for (let entry = 1; entry <= this.#count; entry++) this.#place(entry);
    }
  }

  #place(entry: number): void {
    let slot = (this.#entries[4 * (entry - 1) + 2] as number) >>> this.#shift;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
    this.#slots[slot] = entry;
  }

  #forget(): void {
    this.#slots.fill(0);
    this.#used = 0;
    this.#count = 0;
  }
}

/** Of a long sequence only the beginning and the end: what lies between hardly tells more, and is compared in any case. */
function hashOf(view: DataView, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  if (hash > 2 * SAMPLE) {
    for (; at < start + SAMPLE; at += 4) hash = Math.imul(hash ^ view.getInt32(at, true), MULTIPLIER);
    at = end - SAMPLE;
  }
  for (; at + 4 <= end; at += 4) hash = Math.imul(hash ^ view.getInt32(at, true), MULTIPLIER);
  return Math.imul(hash ^ lastBytes(view, at, end), MULTIPLIER);
}

/** The last bytes, fewer than four, as a word. */
function lastBytes(view: DataView, at: number, end: number): number {
  return view.getInt32(at, true) & ((1 << ((end - at) << 3)) - 1);
}

/** Whether the words, the last of them filled up with zeros, are the bytes between two places. */
export function isAt(words: Int32Array, first: number, view: DataView, start: number, end: number): boolean {
  let word = first;
  let at = start;
  for (; at + 4 <= end; at += 4) if (words[word++] !== view.getInt32(at, true)) return false;
  return at === end || words[word] === lastBytes(view, at, end);
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
