import { isOfScalar } from "./skimmer";
import { CLOSING, isBracket, OPENING, QUOTE } from "./words";

const BACKSLASH = 0x5c;

/** Goes past a value that is too large to be kept, piece by piece. */
export class Skipper {
  done = false;
  #depth = 0;
  #inString = false;
  #escaped = false;

  /**
   * @param at where the value begins, or goes on
   * @returns where it ends, if it is `done`; else `end`
   */
  skip(bytes: Uint8Array, at: number, end: number): number {
    for (let next = at; next < end; next++) {
      const byte = bytes[next] as number;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
        if (!this.#inString && this.#depth === 0) return this.#end(next + 1);
      } else if (byte === QUOTE) {
        this.#inString = true;
      } else if (isBracket(byte, OPENING)) {
        this.#depth++;
      } else if (isBracket(byte, CLOSING) && this.#depth > 0) {
        this.#depth--;
        if (this.#depth === 0) return this.#end(next + 1);
      } else if (this.#depth === 0 && !isOfScalar(byte)) {
        return this.#end(next);
      }
    }
    return end;
  }

  #end(at: number): number {
    this.done = true;
    return at;
  }
}
