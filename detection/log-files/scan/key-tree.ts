import { ByteTable } from "./byte-table";
import { PADDING, Words } from "./words";

/** What `KeyLevel.find` says of a key that nobody asks for. */
export const NOT_ASKED = -1;
/** … of one that may stand for a path that somebody asks for. */
export const UNSURE = -2;

/** A key that somebody asks for. */
export interface Step {
  /** Its number in the whole tree. */
  readonly number: number;
  /** Whether its own value is asked for. */
  readonly leaf: boolean;
  /** What is asked for within it. */
  readonly level: KeyLevel | undefined;
}

/** A key as it has been seen. */
interface KnownKey {
  /** Its bytes, the quotation mark and the colon behind them included, filled up to whole words. */
  readonly words: Int32Array;
  readonly length: number;
  /** NOT_ASKED, UNSURE, or what `step` takes. */
  readonly found: number;
  /** The one that came after it the last time. */
  next: KnownKey;
}

/** More than any objects of a kind have. */
const MAX_KNOWN = 2_000;

/**
 * The keys that are asked for in one object.
 *
 * Objects of a kind have their keys in much the same order, so the one that followed the last time is tried first.
 */
export class KeyLevel {
  readonly start: KnownKey;
  /** What is asked for, by the key. */
  readonly steps: ReadonlyMap<string, Step>;
  readonly #places: ReadonlyMap<string, number>;
  readonly #steps: readonly Step[];
  #table = new ByteTable();
  /** Their places are their numbers in the table. */
  #known: KnownKey[] = [];

  /** @param steps at least one */
  constructor(steps: ReadonlyMap<string, Step>) {
    this.steps = steps;
    this.#places = new Map([...steps.keys()].map((key, place) => [key, place]));
    this.#steps = [...steps.values()];
    const words = new Words(Buffer.concat([Buffer.from(`"${[...steps.keys()][0]}":`), Buffer.alloc(PADDING)]));
    this.start = this.find(words, 1, words.bytes.length - PADDING - 2);
  }

  /**
   * @param start behind the key's opening quotation mark
   * @param end before the closing one
   */
  find(words: Words, start: number, end: number): KnownKey {
    const number = this.#table.find(words, start, end);
    if (number >= 0) return this.#known[number] as KnownKey;
    const json = words.text(start - 1, end + 1);
    const found = this.#read(json);
    if (this.#known.length === MAX_KNOWN) {
      this.#known = [];
      this.#table = new ByteTable();
    }
    this.#table.add(words, start, end, this.#known.length);
    const known = knownKey(Buffer.concat([words.bytes.subarray(start, end), Buffer.from('":')]), found, this.start);
    this.#known.push(known);
    return known;
  }

  step(found: number): Step {
    return this.#steps[found] as Step;
  }

  #read(json: string): number {
    try {
      const key = JSON.parse(json) as string;
      // The engine takes such a key for the nested path.
      return key.includes(".") ? UNSURE : (this.#places.get(key) ?? NOT_ASKED);
    } catch {
      return UNSURE;
    }
  }
}

function knownKey(bytes: Uint8Array, found: number, next: KnownKey | undefined): KnownKey {
  const words = new Int32Array((bytes.length + 3) >> 2);
  new Uint8Array(words.buffer).set(bytes);
  const known = { words, length: bytes.length, found } as KnownKey;
  known.next = next ?? known;
  return known;
}

/** The keys that lead to some paths. */
export interface KeyTree {
  readonly root: KeyLevel;
  /** How many keys it has. */
  readonly size: number;
  /** The number of each path's last key. */
  readonly numbers: readonly number[];
  /** The number of the key `Records`: what has it is no record, but holds some. */
  readonly records: number;
}

/** @param paths of keys, each from the outermost on */
export function keyTree(paths: readonly (readonly string[])[]): KeyTree {
  const all = [...paths, ["Records"]];
  const numbers = new Map<string, number>();
  const level = (depth: number, under: readonly (readonly string[])[], prefix: string): KeyLevel | undefined => {
    const steps = new Map<string, Step>();
    for (const path of under) {
      const key = path[depth];
      if (key === undefined || steps.has(key)) continue;
      const own = `${prefix}.${key}`;
      const number = numbers.size;
      numbers.set(own, number);
      const within = under.filter((other) => other[depth] === key);
      const leaf = within.some((other) => other.length === depth + 1);
      steps.set(key, { number, leaf, level: level(depth + 1, within, own) });
    }
    return steps.size === 0 ? undefined : new KeyLevel(steps);
  };
  const root = level(0, all, "") as KeyLevel;
  const ofPaths = all.map((path) => numbers.get(`.${path.join(".")}`) as number);
  return { root, size: numbers.size, numbers: ofPaths, records: ofPaths.at(-1) as number };
}
