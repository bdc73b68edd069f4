import type { CompiledPatterns } from "../engine/compile";
import type { Conjunction } from "../engine/conjunctions";

/** All conjunctions of the patterns, each once. */
export function conjunctionsOf({ indexes, unindexed }: CompiledPatterns): readonly Conjunction[] {
  const conjunctions = new Set<Conjunction>();
  for (const { conjunction } of unindexed) conjunctions.add(conjunction);
  for (const { byText, present } of indexes) {
    for (const compileds of byText.values()) for (const { conjunction } of compileds) conjunctions.add(conjunction);
    for (const { conjunction } of present) conjunctions.add(conjunction);
  }
  return [...conjunctions];
}
