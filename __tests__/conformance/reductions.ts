import type { Pair } from "./compare";
import { type Entry, isNumber, type Text, type Tree, text, within, write } from "./tree/tree";

/** Pairs that are simpler than the pair in one step, the simplest first. */
export function simplerPairs(pair: Pair): readonly Pair[] {
  const { pattern, event } = pair;
  const pairs = [
    ...[...reduced(pattern)].map((simpler): Pair => ({ pattern: simpler, event })),
    // Of an event that isn't an object event-ruler says nothing at all.
    ...[...reduced(event)]
      .filter(({ type }) => type === "object" || event.type !== "object")
      .map((simpler): Pair => ({ pattern, event: simpler })),
    ...replacedInBoth(pair),
    ...hoistedInBoth(pair),
  ];
  const cost = costOf(pair);
  const byText = new Map<string, readonly [number, Pair]>();
  for (const one of pairs) {
    const its = costOf(one);
    if (its < cost) byText.set(`${write(one.pattern)} ${write(one.event)}`, [its, one]);
  }
  return [...byText.values()].sort(([a], [b]) => a - b).map(([, one]) => one);
}

const costs = new WeakMap<Tree, number>();

/** Less is simpler: short first, then plain characters, then those early in the alphabet; `""` is a corner of its own. */
export function costOf({ pattern, event }: Pair): number {
  return costOfTree(pattern) + costOfTree(event);
}

/** Remembered, because half of a simpler pair is what it was before. */
function costOfTree(tree: Tree): number {
  const known = costs.get(tree);
  if (known !== undefined) return known;
  const source = write(tree);
  let cost = 1.5 * (source.match(/""/g)?.length ?? 0);
  for (const character of source) {
    const code = character.codePointAt(0) ?? 0;
    const isLowerCase = character >= "a" && character <= "z";
    cost += (code < 128 ? 1 : 3) + (isLowerCase ? 0 : 1000 + Math.min(code, 4095)) / 1e6;
    cost += code / 1e9;
  }
  costs.set(tree, cost);
  return cost;
}

function* reduced(tree: Tree): Generator<Tree> {
  if (tree.type === "string") yield* reducedText(tree);
  else if (tree.type === "literal") yield* reducedLiteral(tree.text);
  else if (tree.type === "array") {
    yield* tree.items;
    for (const items of reducedList(tree.items, reduced)) yield { type: "array", items };
  } else {
    for (const { value } of tree.entries) yield value;
    for (const entries of reducedList(tree.entries, reducedEntry)) yield { type: "object", entries };
  }
}

/** One item less, or one item simpler. */
function* reducedList<Item>(items: readonly Item[], simpler: (item: Item) => Iterable<Item>): Generator<Item[]> {
  for (let i = 0; i < items.length; i++) yield items.toSpliced(i, 1);
  for (const [i, item] of items.entries()) for (const one of simpler(item)) yield items.with(i, one);
}

function* reducedEntry({ key, value }: Entry): Generator<Entry> {
  if (key.spelling !== undefined) yield { key: text(key.value), value };
  for (const simpler of reduced(value)) yield { key, value: simpler };
}

function* reducedText({ value, spelling }: Text): Generator<Text> {
  if (spelling !== undefined) yield text(value);
  for (const simpler of simplerStrings(value)) yield text(simpler);
}

function* simplerStrings(value: string): Generator<string> {
  yield* ["", "a", "b", "A"];
  const half = value.length >> 1;
  yield* [value.slice(0, half), value.slice(half)];
  for (let i = 0; i < Math.min(value.length, 40); i++) {
    yield value.slice(0, i) + value.slice(i + 1);
    for (const plain of ["a", "b", "0", "1"]) yield value.slice(0, i) + plain + value.slice(i + 1);
  }
}

function* reducedLiteral(source: string): Generator<Tree> {
  const simpler = /^[-\d]/.test(source) ? ["0", "1", "2", "5", "-1", String(Number(source))] : ["null", "true"];
  for (const one of simpler) yield { type: "literal", text: one };
}

/** The same string, key or number replaced wherever it stands, in the pattern and in the event. */
function* replacedInBoth({ pattern, event }: Pair): Generator<Pair> {
  const strings = new Set<string>();
  const numbers = new Set<string>();
  for (const tree of [pattern, event]) {
    for (const part of within(tree)) {
      if (part.type === "string") strings.add(part.value);
      if (isNumber(part)) numbers.add(part.text);
      if (part.type === "object") for (const { key } of part.entries) strings.add(key.value);
    }
  }
  const both = (change: (part: Tree) => Tree): Pair => ({
    pattern: mapped(pattern, change),
    event: mapped(event, change),
  });
  for (const value of strings) {
    const names = ["c", "d", "a.b", "b.a", ...simplerStrings(value)];
    for (const simpler of names) {
      yield both((part) => (part.type === "string" && part.value === value ? text(simpler) : part));
    }
  }
  for (const number of numbers) {
    for (const simpler of reducedLiteral(number)) {
      yield both((part) => (part.type === "literal" && part.text === number ? simpler : part));
    }
  }
}

/** What a key leads to in its place, in the pattern and in the event. */
function* hoistedInBoth({ pattern, event }: Pair): Generator<Pair> {
  const keys = new Set<string>();
  for (const part of within(pattern))
    if (part.type === "object") for (const { key } of part.entries) keys.add(key.value);
  for (const key of keys) {
    const steps = new Set([key, ...key.split(".")]);
    yield { pattern: hoisted(pattern, steps), event: hoisted(event, steps) };
  }
}

function hoisted(tree: Tree, wanted: ReadonlySet<string>): Tree {
  if (tree.type === "array") return { type: "array", items: tree.items.map((item) => hoisted(item, wanted)) };
  if (tree.type !== "object") return tree;
  const entries = tree.entries.flatMap(({ key, value }): readonly Entry[] => {
    const inner = hoisted(value, wanted);
    return wanted.has(key.value) && inner.type === "object" ? inner.entries : [{ key, value: inner }];
  });
  return { type: "object", entries };
}

function mapped(tree: Tree, change: (part: Tree) => Tree): Tree {
  if (tree.type === "array") return { type: "array", items: tree.items.map((item) => mapped(item, change)) };
  if (tree.type !== "object") return change(tree);
  const entries = tree.entries.map(
    ({ key, value }): Entry => ({ key: change(key) as Text, value: mapped(value, change) }),
  );
  return { type: "object", entries };
}
