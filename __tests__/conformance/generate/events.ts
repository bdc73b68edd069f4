import type { Random } from "../../../tools/random";
import { type Entry, entry, fields, list, literal, type Tree, text } from "../tree/tree";
import { anyScalar } from "./conditions";
import type { Part, Sketch } from "./sketch";

/** Makes an event that fits the sketch field by field, as often as luck (0 to 1) says. */
export function eventFor(random: Random, sketch: Sketch, luck: number): Tree {
  return fields(...withNoise(random, merged(random, entriesFor(random, sketch, luck))));
}

function entriesFor(random: Random, sketch: Sketch, luck: number): readonly Entry[] {
  return sketch.flatMap((part) => {
    if (part.type === "or") {
      const chosen = random.below(part.alternatives.length);
      return part.alternatives.flatMap((alternative, index) =>
        index === chosen || random.chance(0.3) ? entriesFor(random, alternative, index === chosen ? luck : 0.5) : [],
      );
    }
    const value = part.type === "leaf" ? leafFor(random, part, luck) : objectFor(random, part.sketch, luck);
    return value ? [placed(random, part.key, value)] : [];
  });
}

function leafFor(random: Random, { conditions }: Part & { type: "leaf" }, luck: number): Tree | undefined {
  const condition = random.pick(conditions);
  const hit = random.chance(luck);
  if (condition.absent === true && random.chance(0.85) === hit) return undefined;
  if (!hit && random.chance(0.25)) return random.chance(0.5) ? undefined : odd(random);
  const value = random.pick(hit ? condition.hits : condition.misses);
  if (!random.chance(0.22)) return value;
  const others = random.times(random.pick([0, 1, 1, 2]), () =>
    random.chance(0.3) ? odd(random) : random.pick(condition.misses),
  );
  return inArrays(random, random.shuffle([value, ...others]));
}

/** Values that aren't leaves, and null. */
function odd(random: Random): Tree {
  return random.pick<Tree>([
    literal("null"),
    text(""),
    list(),
    fields(),
    list(list()),
    list(fields()),
    list(literal("null")),
    fields(entry("a", text("a"))),
  ]);
}

function inArrays(random: Random, items: readonly Tree[]): Tree {
  if (!random.chance(0.3)) return list(...items);
  const [first, ...rest] = items.map((item) => (random.chance(0.5) ? list(item) : item));
  return first ? list(list(first, ...rest.slice(1)), ...rest.slice(0, 1)) : list(list());
}

function objectFor(random: Random, sketch: Sketch, luck: number): Tree | undefined {
  if (!random.chance(0.97)) return random.chance(0.5) ? odd(random) : undefined;
  const object = (with_: number): Tree => fields(...merged(random, entriesFor(random, sketch, with_)));
  if (random.chance(0.6)) return object(luck);
  if (random.chance(0.35)) return split(random, merged(random, entriesFor(random, sketch, luck)));
  const others = random.times(random.pick([0, 1, 1, 2]), () =>
    random.chance(0.25) ? anyScalar(random) : object(random.pick([0.3, 0.6, luck])),
  );
  return inArrays(random, random.shuffle([object(luck), ...others]));
}

/** Every field of its own element, or two together. */
function split(random: Random, entries: readonly Entry[]): Tree {
  const groups: Entry[][] = [[], []];
  for (const one of entries) random.pick(groups).push(one);
  return inArrays(
    random,
    groups.map((group) => fields(...group)),
  );
}

/** The value under the key: a key with dots as it is, or taken apart. */
function placed(random: Random, key: string, value: Tree): Entry {
  const dot = key.indexOf(".");
  if (dot > 0 && random.chance(0.6)) {
    const inner = fields(placed(random, key.slice(dot + 1), value));
    return entry(key.slice(0, dot), random.chance(0.2) ? list(inner) : inner);
  }
  const [only] = value.type === "object" && value.entries.length === 1 ? value.entries : [];
  if (only && random.chance(0.1)) return entry(`${key}.${only.key.value}`, only.value);
  return entry(key, value);
}

/** Fields that came twice become one, by one way or another. */
function merged(random: Random, entries: readonly Entry[]): readonly Entry[] {
  const byKey = new Map<string, Tree>();
  const twice: Entry[] = [];
  for (const { key, value } of entries) {
    const old = byKey.get(key.value);
    if (old === undefined) byKey.set(key.value, value);
    else if (random.chance(0.02)) twice.push(entry(key.value, value));
    else byKey.set(key.value, together(random, old, value));
  }
  return [...byKey].map(([key, value]) => entry(key, value)).concat(twice);
}

function together(random: Random, a: Tree, b: Tree): Tree {
  if (a.type === "object" && b.type === "object" && random.chance(0.6)) {
    return fields(...merged(random, [...a.entries, ...b.entries]));
  }
  return random.weighted<() => Tree>([
    [2, () => list(a, b)],
    [1, () => list(b, a)],
    [2, () => a],
    [2, () => b],
  ])();
}

function withNoise(random: Random, entries: readonly Entry[]): readonly Entry[] {
  const left = random.chance(0.03) ? entries.slice(1) : entries;
  const key = random.pick(["a", "b", "c", "d", "z", "A", "", "a.b", "$or"]);
  const taken = left.some((one) => one.key.value === key);
  const noise = random.chance(0.2) && !taken ? [entry(key, random.chance(0.5) ? odd(random) : anyScalar(random))] : [];
  return random.chance(0.3) ? random.shuffle([...left, ...noise]) : [...left, ...noise];
}
