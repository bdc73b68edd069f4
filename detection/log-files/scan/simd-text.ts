import type { SimdKeys } from "./simd-keys";
import { SIMD_MODULE } from "./simd-module";

/** Of the memory: the keys, the records found, the same for `look`, the memo of classes, and from here on the text. */
const RECORDS = 16 * 1024;
/** Where the keys begin that are looked for in single records. */
export const LOOK = 48 * 1024;
const LOOKED = 60 * 1024;
const MEMO = 64 * 1024;
const TEXT = 1088 * 1024;
const PAGE = 64 * 1024;

/** Bytes of a slot of the memo, and of what stands in it before the value. */
const SLOT = 256;
const SLOT_HEAD = 16;

/** Words before the spans of a record: where it begins, where it ends, whether it is unsure. */
export const HEAD = 3;

/** Of the interface that Node's types leave to those of browsers. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  /** Its parameters are told in simd/skim.ts. */
  skim(...parameters: number[]): number;
}

/** In the place of a class: nor can it be remembered. */
const NO_SLOT = -1;

let compiled: object | undefined;

/** Text in the memory of an instance of simd/skim.ts. */
export class SimdText {
  /**
   * What `skim` found: per record where it begins, where it ends, whether it is unsure (1), where the values of its keys
   * begin and end, and per key the class of its value; below 0 where that isn't known.
   */
  records = new Int32Array(0);
  /** Words per record. */
  stride = 0;
  /** What `look` found: where the values of its keys begin and end. */
  looked = new Int32Array(0);

  readonly #exports: Exports;
  /** The whole memory. */
  #bytes = new Uint8Array(0);
  #words = new Int32Array(0);
  #keys: SimdKeys | undefined;
  #lookedFor: SimdKeys | undefined;

  /** @returns undefined where there is no WebAssembly, or no memory for it */
  static make(): SimdText | undefined {
    try {
      return new SimdText();
    } catch {
      return undefined;
    }
  }

  private constructor() {
    compiled ??= new WebAssembly.Module(Buffer.from(SIMD_MODULE, "base64"));
    this.#exports = new WebAssembly.Instance(compiled).exports as Exports;
  }

  /**
   * Makes room for so many bytes of text. What is there stays there, but views of it end.
   *
   * @returns undefined where there is no memory for it
   */
  grow(size: number): Uint8Array | undefined {
    const { memory } = this.#exports;
    const missing = TEXT + size - memory.buffer.byteLength;
    try {
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    } catch {
      return undefined;
    }
    this.#bytes = new Uint8Array(memory.buffer);
    this.#words = new Int32Array(memory.buffer);
    this.records = this.#words.subarray(RECORDS >> 2, LOOK >> 2);
    this.looked = this.#words.subarray((LOOKED >> 2) + HEAD, MEMO >> 2);
    return this.#bytes.subarray(TEXT, TEXT + size);
  }

  /**
   * Finds records, one behind the other, up to one that only the `Skimmer` can judge, or that is not all there.
   *
   * @param at where the first begins
   * @param end of the text, behind which the padding stands
   * @returns how many there are in `records`
   */
  skim(keys: SimdKeys, at: number, end: number): number {
    if (keys.bytes.length > RECORDS) return 0;
    if (keys !== this.#keys) {
      this.#bytes.set(keys.bytes);
      if (this.#keys) this.#bytes.fill(0, MEMO, TEXT);
      this.#keys = keys;
      this.stride = strideOf(keys) >> 2;
    }
    const stride = 4 * this.stride;
    const most = Math.floor((LOOK - RECORDS) / stride);
    return this.#exports.skim(TEXT, TEXT + at, TEXT + end, keys.root, RECORDS, stride, most, keys.size, MEMO);
  }

  /**
   * Finds the values of other keys in one record.
   *
   * @param keys made for `LOOK`
   * @param at where the record begins
   * @param end where it ends
   * @returns whether `looked` tells everything about them
   */
  look(keys: SimdKeys, at: number, end: number): boolean {
    const stride = strideOf(keys);
    if (keys.bytes.length > LOOKED - LOOK || stride > MEMO - LOOKED) return false;
    if (keys !== this.#lookedFor) {
      this.#bytes.set(keys.bytes, LOOK);
      this.#lookedFor = keys;
    }
    const count = this.#exports.skim(TEXT, TEXT + at, TEXT + end, keys.root, LOOKED, stride, 1, keys.size, 0);
    return count === 1 && this.#words[(LOOKED >> 2) + 2] === 0;
  }

  /**
   * Remembers the class of a value for the next time.
   *
   * @param unknown what stood in the place of the class, below 0
   * @param key the number of the value's key
   */
  remember(unknown: number, key: number, start: number, end: number, found: number): void {
    if (unknown === NO_SLOT) return;
    const slot = MEMO + SLOT * (-2 - unknown);
    this.#words[slot >> 2] = (key << 8) | (end - start);
    this.#words[(slot >> 2) + 1] = found;
    this.#bytes.copyWithin(slot + SLOT_HEAD, TEXT + start, TEXT + end);
  }
}

/** Bytes that are told of a record. */
function strideOf({ size }: SimdKeys): number {
  return 4 * ((HEAD + 3 * size + 3) & ~3);
}
