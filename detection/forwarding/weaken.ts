import type { Conjunction } from "../pattern/conjunctions";
import { acceptsAbsence } from "../pattern/value-test";
import { combine } from "./combine";
import { without } from "./fields";

/** What says least of an event, first. Of fields that are in none of these, the longest goes first. */
const FIRST_TO_GO = [
  ...["detail-type", "detail.eventSource", "detail.eventType", "detail.eventCategory", "detail.managementEvent"],
  ...["detail.apiVersion", "detail.eventVersion", "version"],
];
const LAST_TO_GO = ["detail.errorCode", "detail.readOnly", "detail.userIdentity.type", "detail.eventName"];

/**
 * The conjunctions without the field that says least: they match whatever they matched, and more. Undefined where there is none
 * left but the source.
 *
 * @param kept fields that stay
 */
export function weaken(
  conjunctions: readonly Conjunction[],
  kept: ReadonlySet<string> = new Set(),
): readonly Conjunction[] | undefined {
  const lengths = new Map<string, number>();
  for (const { field, conditions } of conjunctions.flat()) {
    if (field === "source" || kept.has(field)) continue;
    const length = field.length + JSON.stringify(conditions).length;
    // What nearly every event passes says little, however short it is.
    const weight = conditions.every(({ kind }) => kind === "anything-but") || acceptsAbsence(conditions) ? 10 : 1;
    lengths.set(field, (lengths.get(field) ?? 0) + length * weight);
  }
  const [goes] = [...lengths]
    .sort(([a, x], [b, y]) => rank(a) - rank(b) || y - x || (a < b ? -1 : 1))
    .map(([field]) => field);
  if (goes === undefined) return undefined;
  const weakened = conjunctions.map((conjunction) => without(conjunction, (field) => field === goes));
  const isOpen = (conjunction: Conjunction) => conjunction.every(({ field }) => field === "source" || kept.has(field));
  return weakened.some(isOpen) ? undefined : combine(weakened);
}

function rank(field: string): number {
  const first = FIRST_TO_GO.indexOf(field);
  return first >= 0 ? first - FIRST_TO_GO.length : LAST_TO_GO.indexOf(field) + 1;
}
