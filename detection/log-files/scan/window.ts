import { SimdText } from "./simd-text";
import { PADDING, QUOTE, Words } from "./words";

/** The bytes that have come and are not done with, in one piece, and the padding behind them. */
export class Window {
  words = new Words(new Uint8Array(0));
  /** What the bytes lie in; undefined where they lie in an array. */
  simd: SimdText | undefined;
  /** Where the bytes that are not done with begin. */
  start = 0;
  end = 0;
  /** How many bytes came before those that are kept. */
  offset = 0;

  append(chunk: Uint8Array): void {
    const { buffer, byteOffset } = this.words.bytes;
    if (chunk.buffer !== buffer || chunk.byteOffset !== byteOffset + this.end) this.place(chunk.length).set(chunk);
    this.end += chunk.length;
    this.words.bytes.fill(QUOTE, this.end, this.end + PADDING);
  }

  /** Where the next bytes belong: those that are made there need not be copied. */
  place(length: number): Uint8Array {
    if (this.end + length + PADDING > this.words.bytes.length) this.#makeRoom(length);
    return this.words.bytes.subarray(this.end, this.end + length);
  }

  /** Moves what is left to the front, of a larger place where it must be. */
  #makeRoom(length: number): void {
    const { bytes } = this.words;
    const left = this.end - this.start;
    const needed = left + length + PADDING;
    if (needed > bytes.length) {
      this.#enlarge(Math.max(needed, Math.min(2 * needed, MUCH)));
    } else {
      bytes.copyWithin(0, this.start, this.end);
    }
    this.offset += this.start;
    this.start = 0;
    this.end = left;
  }

  #enlarge(size: number): void {
    const { bytes } = this.words;
    if (bytes.length === 0) this.simd = SimdText.make();
    let place = this.simd?.grow(size);
    if (place) {
      place.copyWithin(0, this.start, this.end);
    } else {
      this.simd = undefined;
      place = new Uint8Array(size);
      place.set(bytes.subarray(this.start, this.end));
    }
    this.words = new Words(place);
  }
}

/** Bytes that are cheap to have. */
const MUCH = 1024 * 1024;

let spare: Window | undefined;

/** A window to be given back. */
export function takeWindow(): Window {
  const window = spare ?? new Window();
  spare = undefined;
  return window;
}

/** Keeps the place for the next one: most log files are small, and clearing it takes longer than reading them. */
export function giveBack(window: Window): void {
  window.start = 0;
  window.end = 0;
  window.offset = 0;
  if (window.words.bytes.length <= MUCH) spare = window;
}
