import type { KeyLevel, KeyTree } from "./key-tree";

/** A tree of keys as simd/skim.ts reads it. */
export interface SimdKeys {
  readonly bytes: Uint8Array;
  /** Where the outermost level is in the bytes. */
  readonly root: number;
  /** How many keys there are. */
  readonly size: number;
}

const SLOTS = 64;
/** Bytes of an entry before its key. */
const HEAD = 32;
const MULTIPLIER = 0x9e3779b1;
/** What is spelled with other characters is left to the skimmer that knows JSON. */
const PLAIN = /^[ -\x7f]*$/;
const NOT_PLAIN = /["\\.]/;

/**
 * Per level a table of 64 slots, each 0 or the place of an entry; per key an entry: the next one of the slot, its
 * length, its number, whether it is a leaf, the level within or 0, and from byte 32 on the key.
 *
 * @param at where in the memory the bytes will be, a multiple of 16
 */
export function simdKeys({ root, size }: KeyTree, at = 0): SimdKeys {
  const parts = new Parts(at);
  return { root: levelOf(root, parts), size, bytes: parts.bytes() };
}

function levelOf(level: KeyLevel, parts: Parts): number {
  const slots = Buffer.alloc(2 * SLOTS);
  const place = parts.add(slots);
  for (const [key, step] of level.steps) {
    if (!PLAIN.test(key) || NOT_PLAIN.test(key)) continue;
    const slot = 2 * slotOf(Buffer.from(key));
    const entry = Buffer.alloc(HEAD + key.length);
    entry.writeUInt32LE(slots.readUInt16LE(slot), 0);
    entry.writeUInt32LE(key.length, 4);
    entry.writeUInt32LE(step.number, 8);
    entry.writeUInt32LE(step.leaf ? 1 : 0, 12);
    entry.writeUInt32LE(step.level ? levelOf(step.level, parts) : 0, 16);
    entry.write(key, HEAD, "latin1");
    slots.writeUInt16LE(parts.add(entry), slot);
  }
  return place;
}

function slotOf(key: Buffer): number {
  const last = key.length >= 4 ? key.readUInt32LE(key.length - 4) : key.length && key.readUIntLE(0, key.length);
  return Math.imul(last + key.length, MULTIPLIER) >>> 26;
}

/** Pieces one behind the other, each at a multiple of 16. The place 0 is none's. */
class Parts {
  readonly #parts: Buffer[] = [Buffer.alloc(16)];
  #length = 16;

  constructor(private readonly at: number) {}

  add(part: Buffer): number {
    const place = this.at + this.#length;
    const filled = Buffer.alloc(-part.length & 15);
    this.#parts.push(part, filled);
    this.#length += part.length + filled.length;
    // Places are written in two bytes.
    return place & 0xffff;
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#parts);
  }
}
