import type { SimdKeys } from "./simd-keys";
import { SIMD_MODULE } from "./simd-module";

/** Of the memory: the keys, the records found, and from here on the text. */
const RECORDS = 16 * 1024;
const TEXT = 64 * 1024;
const PAGE = 64 * 1024;

/** Words before the spans of a record: where it begins, where it ends, whether it is unsure. */
export const HEAD = 3;

/** Of the interface that Node's types leave to those of browsers. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  skim(text: number, at: number, end: number, root: number, records: number, stride: number, most: number): number;
}

let compiled: object | undefined;

/** Text in the memory of an instance of simd/skim.ts. */
export class SimdText {
  /** What `skim` found: per record where it begins, where it ends, whether it is unsure (1), and its spans. */
  records = new Int32Array(0);
  /** Words per record. */
  stride = 0;

  readonly #exports: Exports;
  #keys: SimdKeys | undefined;

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
    this.records = new Int32Array(memory.buffer, RECORDS, (TEXT - RECORDS) >> 2);
    return new Uint8Array(memory.buffer, TEXT, size);
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
      new Uint8Array(this.#exports.memory.buffer).set(keys.bytes);
      this.#keys = keys;
      this.stride = (HEAD + 2 * keys.size + 3) & ~3;
    }
    const most = Math.floor((TEXT - RECORDS) / (4 * this.stride));
    return this.#exports.skim(TEXT, TEXT + at, TEXT + end, keys.root, RECORDS, 4 * this.stride, most);
  }
}
