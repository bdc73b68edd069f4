import { ByteTable } from "./byte-table";
import type { Words } from "./words";

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

/** The keys that are asked for in one object. */
export class KeyLevel {
  readonly #table = new ByteTable();
  readonly #places: ReadonlyMap<string, number>;
  readonly #steps: readonly Step[];

  constructor(steps: ReadonlyMap<string, Step>) {
    this.#places = new Map([...steps.keys()].map((key, place) => [key, place]));
    this.#steps = [...steps.values()];
  }

  /** @returns NOT_ASKED, UNSURE, or what `step` takes */
  find(words: Words, start: number, end: number): number {
    const known = this.#table.find(words, start, end);
    if (known >= 0) return known - OFFSET;
    const found = this.#read(words.text(start - 1, end + 1));
    this.#table.add(words, start, end, found + OFFSET);
    return found;
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

/** Tables know no negative numbers. */
const OFFSET = 2;

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
