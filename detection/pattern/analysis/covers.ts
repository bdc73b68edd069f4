import type { Condition } from "../condition";
import type { AskedField, Conjunction } from "../conjunctions";
import { acceptsAbsence } from "../value-test";
import { implied } from "./implied";

/** Conjunctions that are looked at before giving up: alternatives multiply. */
const MAX_CASES = 5_000;

/**
 * Whether an event that satisfies one of the conjunctions surely satisfies one of the others, too. False also where that
 * can't be told: never true in error.
 */
export function covers(after: readonly Conjunction[], before: readonly Conjunction[]): boolean {
  let cases = 0;
  const covered = (conjunction: Conjunction): boolean => {
    if (++cases > MAX_CASES) return false;
    if (after.some((other) => coveredBy(conjunction, other))) return true;
    // What no one of them covers, several may together: case by case.
    const field = conjunction.findIndex(({ conditions }) => isDivisible(conditions));
    const asked = conjunction[field];
    return asked?.conditions.every((one) => covered(conjunction.with(field, only(asked, one)))) ?? false;
  };
  return before.every(covered);
}

function only({ field }: AskedField, condition: Condition): AskedField {
  return { field, conditions: [condition] };
}

/** What an address lets through hangs on what else the field may be. */
function isDivisible(conditions: readonly Condition[]): boolean {
  return conditions.length > 1 && conditions.every(({ kind }) => kind !== "address");
}

function coveredBy(before: Conjunction, after: Conjunction): boolean {
  const asked = new Map(before.map(({ field, conditions }) => [field, conditions]));
  const weaker = after.every(({ field, conditions }) => {
    const those = asked.get(field);
    return those !== undefined && implied(those, conditions);
  });
  return weaker && !absenceMayDiffer(before, after);
}

/**
 * Within arrays a field is absent when the elements that the fields before it, by name, have settled on lack it: without
 * one of those, other elements count.
 */
function absenceMayDiffer(before: Conjunction, after: Conjunction): boolean {
  const kept = new Set(after.map(({ field }) => field));
  const dropped = before.flatMap(({ field }) => (kept.has(field) ? [] : [field]));
  return after.some(({ field, conditions }) => acceptsAbsence(conditions) && dropped.some((other) => other < field));
}
