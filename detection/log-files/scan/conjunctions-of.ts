import type { CompiledConjunction, CompiledPatterns } from "../../pattern/compile";
import type { Conjunction } from "../../pattern/conjunctions";

/** All conjunctions of the patterns, each once. */
export function conjunctionsOf({ indexes, unindexed }: CompiledPatterns): readonly Conjunction[] {
  const conjunctions = new Set<Conjunction>();
  const add = (compileds: readonly CompiledConjunction[]): void => {
    for (const { conjunction } of compileds) conjunctions.add(conjunction);
  };
  add(unindexed);
  for (const { byText, byPrefix, present } of indexes) {
    add(present);
    for (const compileds of byText.values()) add(compileds);
    for (const ofLength of byPrefix.values()) for (const compileds of ofLength.values()) add(compileds);
  }
  return [...conjunctions];
}
