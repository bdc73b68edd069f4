import type { Pair } from "./compare";
import { entry, list, type Tree, within } from "./tree/tree";

/** By how many the numbers of the arrays are moved. */
const MOVES = [1, 2, 3, 5, 8];

/**
 * The same event with empty arrays before everything else, so that event-ruler gives the others greater numbers; it means
 * the same. Undefined where no two arrays lie within each other.
 */
export function otherArrayNumbers({ pattern, event }: Pair): readonly Pair[] | undefined {
  const step = firstStep(pattern);
  if (event.type !== "object" || step === undefined || !hasArrayInArray(event)) return undefined;
  return MOVES.map((move) => {
    // In a key that comes again `JSON.parse` doesn't see them; event-ruler looks only below keys that a pattern has.
    const empty = entry(step, list(...Array.from({ length: move }, () => list())));
    return { pattern, event: { type: "object", entries: [empty, ...event.entries] } };
  });
}

function firstStep(pattern: Tree): string | undefined {
  for (const part of within(pattern)) {
    if (part.type !== "object") continue;
    for (const { key } of part.entries) {
      const [step] = key.value.split(".");
      if (step !== undefined && step !== "" && step !== "$or") return step;
    }
  }
  return undefined;
}

function hasArrayInArray(tree: Tree): boolean {
  for (const part of within(tree)) {
    if (part.type === "array" && part.items.some((item) => [...within(item)].some(({ type }) => type === "array"))) {
      return true;
    }
  }
  return false;
}
