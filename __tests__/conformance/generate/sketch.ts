import type { Random } from "../../../tools/random";
import { type Entry, entry, fields, list, type Tree } from "../tree/tree";
import { anyCondition, type Condition } from "./conditions";

/** What a pattern asks for, before it is written: an event can be made to fit. */
export type Sketch = readonly Part[];

export type Part =
  | { readonly type: "leaf"; readonly key: string; readonly conditions: readonly Condition[] }
  | { readonly type: "object"; readonly key: string; readonly sketch: Sketch }
  | { readonly type: "or"; readonly alternatives: readonly Sketch[] };

/** Few, so that alternatives ask for the same fields, and in an order other than they are sorted. */
const KEYS: readonly (readonly [number, string])[] = [
  [20, "a"],
  [20, "b"],
  [16, "c"],
  [8, "d"],
  [6, "a.b"],
  [4, "b.c"],
  [2, "a.b.c"],
  [3, "A"],
  [1, "ä"],
  [1, "😀"],
  [1, "ſ"],
  // JavaScript puts these before all others.
  [3, "1"],
  [2, "10"],
  [2, "2"],
];

/** Fields that the engine looks up in an index. */
const INDEXED_KEYS = ["detail.eventName", "detail.errorCode", "detail.userIdentity.type", "source", "detail-type"];

const ODD_KEYS = [
  ...["", "", ".", "..", "a.", ".a", "a..b", "\ud800", "?", "0", "$or.a", "$", "__proto__", "constructor", "toString"],
  ...["prefix", "exists", "numeric", "anything-but", "exactly", "=", "regex", "date-after", 'a"b', "a\\b", "\n"],
];

export function anySketch(random: Random, depth = 0): Sketch {
  const count = random.weighted([
    [6, 1],
    [5, 2],
    [depth === 0 ? 3 : 1, 3],
  ]);
  const used = new Set<string>();
  const parts: Part[] = [];
  while (parts.length < count) {
    if (depth < 3 && random.chance(depth === 0 ? 0.22 : 0.08)) {
      parts.push(or(random, depth));
      // A second `$or` in one object is a duplicate key.
      if (random.chance(0.97))
        return random.shuffle([...parts, ...leavesFor(random, count - parts.length, used, depth)]);
    } else {
      parts.push(...leavesFor(random, 1, used, depth));
    }
  }
  return parts;
}

function leavesFor(random: Random, count: number, used: Set<string>, depth = 3): readonly Part[] {
  return random.times(count, (): Part => {
    const key = unusedKey(random, used, depth);
    if (depth < 3 && random.chance(depth === 0 ? 0.35 : 0.25)) {
      return { type: "object", key, sketch: anySketch(random, depth + 1) };
    }
    return { type: "leaf", key, conditions: conditions(random) };
  });
}

function unusedKey(random: Random, used: Set<string>, depth: number): string {
  for (;;) {
    const key = random.weighted([
      [3, () => random.pick(ODD_KEYS)],
      [depth === 0 ? 10 : 0, () => random.pick(INDEXED_KEYS)],
      [90, () => random.weighted(KEYS)],
    ])();
    if (!used.has(key) || random.chance(0.01)) {
      used.add(key);
      return key;
    }
  }
}

function conditions(random: Random): readonly Condition[] {
  const count = random.weighted([
    [12, 1],
    [5, 2],
    [2, 3],
    [1, 5],
  ]);
  const made = random.times(count, () => anyCondition(random));
  // The same once more is what tells sets from lists.
  return random.chance(0.02) ? [...made, ...made.slice(0, 1)] : made;
}

function or(random: Random, depth: number): Part {
  const alternatives = random.times(random.pick([2, 2, 2, 3]), () => anySketch(random, depth + 1));
  if (random.chance(0.4)) return { type: "or", alternatives };
  // Alternatives that share conditions are where event-ruler mixes them up.
  const [first = []] = alternatives;
  const shared = alternatives.map((sketch, index) => (index === 0 ? sketch : crossed(random, sketch, first)));
  return { type: "or", alternatives: shared };
}

/** The sketch with fields of another's, some with a condition more or less. */
function crossed(random: Random, sketch: Sketch, other: Sketch): Sketch {
  const from = random.pick(other);
  if (from.type !== "leaf") return sketch;
  const added = random.chance(0.5) ? [] : [anyCondition(random)];
  const part: Part = { ...from, conditions: random.shuffle([random.pick(from.conditions), ...added]) };
  const rest = sketch.filter((old) => old.type === "or" || old.key !== from.key);
  return random.shuffle([...rest, part]);
}

export function patternOf(sketch: Sketch): Tree {
  return fields(
    ...sketch.map((part): Entry => {
      if (part.type === "or") return entry("$or", list(...part.alternatives.map(patternOf)));
      if (part.type === "object") return entry(part.key, patternOf(part.sketch));
      return entry(part.key, list(...part.conditions.map(({ tree }) => tree)));
    }),
  );
}
