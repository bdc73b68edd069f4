import { PADDING, QUOTE, Words } from "./words";

/** The bytes that have come and are not done with, in one piece, and the padding behind them. */
export class Window {
  words = new Words(new Uint8Array(0));
  /** Where the bytes that are not done with begin. */
  start = 0;
  end = 0;
  /** How many bytes came before those that are kept. */
  offset = 0;

  append(chunk: Uint8Array): void {
    const { bytes } = this.words;
    if (this.end + chunk.length + PADDING > bytes.length) this.#makeRoom(chunk.length);
    this.words.bytes.set(chunk, this.end);
    this.end += chunk.length;
    this.words.bytes.fill(QUOTE, this.end, this.end + PADDING);
  }

  /** Moves what is left to the front, of a larger place where it must be. */
  #makeRoom(length: number): void {
    const { bytes } = this.words;
    const left = this.end - this.start;
    const needed = left + length + PADDING;
    if (needed > bytes.length) {
      const place = new Uint8Array(Math.max(needed, Math.min(2 * needed, MUCH)));
      place.set(bytes.subarray(this.start, this.end));
      this.words = new Words(place);
    } else {
      bytes.copyWithin(0, this.start, this.end);
    }
    this.offset += this.start;
    this.start = 0;
    this.end = left;
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
