import { type CompiledConjunction, type CompiledPattern, type CompiledPatterns, questionsOf } from "./compile";
import type { FoundFields } from "./field-tree";
import { satisfied } from "./satisfy";

/**
 * Whether EventBridge would match the event. Pure: neither argument is changed.
 *
 * @param event the whole event, envelope included, as parsed JSON
 */
export function matches(pattern: CompiledPattern, event: unknown): boolean {
  return matching(pattern, event).length > 0;
}

/**
 * Which of the patterns EventBridge would match the event with.
 *
 * @returns their numbers, in ascending order
 */
export function matching(patterns: CompiledPatterns, event: unknown): readonly number[] {
  const candidates = candidatesFor(patterns, event);
  if (candidates.length === 0) return [];
  const matched = new Set<number>();
  let found: FoundFields | undefined;
  for (const candidate of candidates) {
    if (matched.has(candidate.pattern)) continue;
    found ??= patterns.fields.find(event);
    if (satisfied(questionsOf(patterns, candidate), found)) matched.add(candidate.pattern);
  }
  return [...matched].sort((a, b) => a - b);
}

/** Every conjunction that can hold, and some that can't. */
function candidatesFor(patterns: CompiledPatterns, event: unknown): readonly CompiledConjunction[] {
  const { indexedFields, indexes, unindexed } = patterns;
  if (indexes.length === 0) return unindexed;
  const found = indexedFields.find(event);
  const lists: (readonly CompiledConjunction[])[] = [];
  for (const { field, byText, byPrefix, present } of indexes) {
    const values = found[field];
    if (!values) continue;
    if (present.length > 0) lists.push(present);
    for (const { value } of values) {
      if (typeof value !== "string") continue;
      const conjunctions = byText.get(value);
      if (conjunctions) lists.push(conjunctions);
      for (const [length, ofLength] of byPrefix) {
        const begun = ofLength.get(value.slice(0, length));
        if (begun) lists.push(begun);
      }
    }
  }
  return lists.length === 0 ? unindexed : [...unindexed, ...lists.flat()];
}
