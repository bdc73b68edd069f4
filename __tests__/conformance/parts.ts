import { addressDigits } from "../../detection/pattern/address";
import { entry, fields, isNumber, list, literal, single, type Tree, text, within, write } from "./tree/tree";

/** One of the conjunctions that `$or` multiplies to: what is asked of each field, by its dotted path. */
type Term = ReadonlyMap<string, readonly Tree[]>;

/** More parts than this are not asked. */
const MOST = 200;
/** Keeps a field comparing numbers without a number that an event has. */
const SOME_NUMBER = single("numeric", list(text("="), literal("-98765.4321")));

/** Every conjunction as a pattern of its own, if two ask the same fields and have a condition in common in each. */
export function overlapsApart(pattern: Tree): readonly Tree[] | undefined {
  const terms = termsOf(pattern) ?? [];
  const overlap = terms.some((one, index) => terms.slice(index + 1).some((other) => overlaps(one, other)));
  return overlap ? terms.map(patternOf) : undefined;
}

/** What asks for a wildcard, and what asks the same field for something that event-ruler mixes it up with, each for itself. */
export function wildcardsApart(pattern: Tree): readonly Tree[] | undefined {
  const names = namesIn(pattern);
  if (!names.has("wildcard") || !(names.has("equals-ignore-case") || names.has("suffix"))) return undefined;
  return apart(pattern, (conditions) => grouped(conditions, (condition) => namesIn(condition).has("wildcard")));
}

/** Every conjunction as a pattern of its own, if a field may be anything but `*` and another wildcard. */
export function starsApart(pattern: Tree): readonly Tree[] | undefined {
  const terms = [...within(pattern)].some(isStarAmongOthers) ? termsOf(pattern) : undefined;
  return terms && terms.length > 1 ? terms.map(patternOf) : undefined;
}

function isStarAmongOthers(tree: Tree): boolean {
  if (tree.type !== "object") return false;
  return tree.entries.some(
    ({ key, value }) =>
      key.value === "wildcard" &&
      value.type === "array" &&
      value.items.length > 1 &&
      value.items.some((item) => item.type === "string" && item.value === "*"),
  );
}

export function hasAddress(pattern: Tree): boolean {
  for (const part of within(pattern)) {
    if (part.type === "string" && addressDigits(part.value.split("/")[0] ?? "") !== undefined) return true;
  }
  return false;
}

/** Each field's numbers and the addresses beside them for themselves. */
export function numbersApart(pattern: Tree): readonly Tree[] | undefined {
  if (!hasAddress(pattern)) return undefined;
  return apart(pattern, (conditions) => {
    const [numbers = [], others = []] = grouped(conditions, (one) => [...within(one)].some(isNumber));
    if (others.length === 0) return [conditions];
    return [numbers, [...others, SOME_NUMBER]];
  });
}

/** Every conjunction with the conditions of each field in groups; undefined if that makes no difference. */
function apart(
  pattern: Tree,
  groups: (conditions: readonly Tree[]) => readonly (readonly Tree[])[],
): readonly Tree[] | undefined {
  const terms = termsOf(pattern);
  if (!terms) return undefined;
  const parts = terms.flatMap((term) => {
    let products: readonly Term[] = [new Map()];
    for (const [field, conditions] of term) {
      products = groups(conditions).flatMap((group) =>
        products.map((product) => new Map([...product, [field, group]])),
      );
    }
    return products;
  });
  return parts.length === 1 || parts.length > MOST ? undefined : parts.map(patternOf);
}

/** Those that pass the test and those that don't; one group if it is either all or none. */
function grouped(conditions: readonly Tree[], test: (condition: Tree) => boolean): readonly (readonly Tree[])[] {
  const passing = conditions.filter(test);
  if (passing.length === 0 || passing.length === conditions.length) return [conditions];
  return [passing, conditions.filter((condition) => !test(condition))];
}

function termsOf(pattern: Tree): readonly Term[] | undefined {
  return expanded(pattern, "", [new Map()]);
}

/** `$or` multiplied out; a field that is asked for again overrides what was asked before. */
function expanded(tree: Tree, path: string, terms: readonly Term[]): readonly Term[] | undefined {
  if (tree.type !== "object" || terms.length > MOST) return undefined;
  let all: readonly Term[] | undefined = terms;
  for (const { key, value } of tree.entries) {
    const field = path === "" ? key.value : `${path}.${key.value}`;
    const before: readonly Term[] | undefined = all;
    if (before === undefined) return undefined;
    if (value.type === "object") all = expanded(value, field, before);
    else if (value.type !== "array") return undefined;
    else if (key.value !== "$or") all = before.map((term) => new Map([...term, [field, value.items]]));
    else {
      const alternatives = value.items.map((item) => expanded(item, path, before));
      all = alternatives.every((one) => one !== undefined) ? alternatives.flat() : undefined;
    }
  }
  return all;
}

function patternOf(term: Term): Tree {
  return fields(...[...term].map(([field, conditions]) => entry(field, list(...conditions))));
}

function namesIn(tree: Tree): ReadonlySet<string> {
  const names = new Set<string>();
  for (const part of within(tree)) if (part.type === "object") for (const { key } of part.entries) names.add(key.value);
  return names;
}

function overlaps(one: Term, other: Term): boolean {
  return (
    one.size === other.size &&
    [...one].every(([field, conditions]) => {
      const texts = conditions.map(sameText);
      return other.get(field)?.some((condition) => texts.includes(sameText(condition)));
    })
  );
}

/** Of two spellings of the same the same text. */
function sameText(tree: Tree): string {
  return JSON.stringify(JSON.parse(write(tree)));
}
