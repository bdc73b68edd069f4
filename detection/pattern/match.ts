import {
  type CompiledConjunction,
  type CompiledPattern,
  type CompiledPatterns,
  type FieldIndex,
  questionsOf,
} from "./compile";
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
  const walk = patterns.fields.begin(event);
  const candidates = candidatesFor(patterns, walk.found);
  if (candidates.length === 0) return [];
  const found = patterns.fields.finish(walk);
  const matched = new Set<number>();
  for (const candidate of candidates) {
    if (!matched.has(candidate.pattern) && satisfied(questionsOf(patterns, candidate), found)) {
      matched.add(candidate.pattern);
    }
  }
  return [...matched].sort((a, b) => a - b);
}

/** Texts that a field is known with: more than there are event names, and few enough to be kept. */
const MAX_KNOWN = 4_000;
const MAX_KNOWN_LENGTH = 256;

const NOTHING: readonly CompiledConjunction[] = [];

/** Every conjunction that can hold, and some that can't. */
function candidatesFor({ indexes, unindexed }: CompiledPatterns, found: FoundFields): readonly CompiledConjunction[] {
  const candidates = unindexed.slice();
  for (const index of indexes) {
    const values = found[index.field];
    if (!values) continue;
    append(candidates, index.present);
    for (const { value } of values) if (typeof value === "string") append(candidates, ledToBy(index, value));
  }
  return candidates;
}

/** However many there are: `push(...more)` can take some 100,000. */
function append(candidates: CompiledConjunction[], more: readonly CompiledConjunction[]): void {
  for (const candidate of more) candidates.push(candidate);
}

function ledToBy({ byText, byPrefix, known }: FieldIndex, text: string): readonly CompiledConjunction[] {
  if (byPrefix.size === 0) return byText.get(text) ?? NOTHING;
  let led = known.get(text);
  if (!led) {
    const begun = [...byPrefix].flatMap(([length, ofLength]) => ofLength.get(text.slice(0, length)) ?? []);
    led = [...(byText.get(text) ?? []), ...begun];
    if (text.length > MAX_KNOWN_LENGTH) return led;
    if (known.size === MAX_KNOWN) known.clear();
    known.set(text, led);
  }
  return led;
}
