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

  /** Moves what is left to the front; to a larger place, or a smaller one after something large, where that fits better. */
  #makeRoom(length: number): void {
    const { bytes } = this.words;
    const left = this.end - this.start;
    const needed = left + length + PADDING;
    if (needed > bytes.length || (bytes.length > MUCH && needed <= MUCH)) {
      const place = new Uint8Array(needed > MUCH ? 2 * needed : needed);
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

/** Bytes that the window may keep when it needs less. */
const MUCH = 1024 * 1024;
