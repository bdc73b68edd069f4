import type { CompiledConjunction, CompiledPattern, CompiledPatterns } from "./compile";
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
  for (const { pattern, questions } of candidates) {
    if (matched.has(pattern)) continue;
    found ??= patterns.fields.find(event);
    if (satisfied(questions, found)) matched.add(pattern);
  }
  return [...matched].sort((a, b) => a - b);
}

function candidatesFor(
  { pinnedFields, indexes, unindexed }: CompiledPatterns,
  event: unknown,
): readonly CompiledConjunction[] {
  if (indexes.length === 0) return unindexed;
  const pinned = pinnedFields.find(event);
  let candidates: CompiledConjunction[] | undefined;
  for (const { field, byText } of indexes) {
    for (const { value } of pinned[field] ?? []) {
      const conjunctions = typeof value === "string" ? byText.get(value) : undefined;
      if (conjunctions) candidates = candidates ? [...candidates, ...conjunctions] : [...conjunctions];
    }
  }
  return candidates ? [...candidates, ...unindexed] : unindexed;
}
