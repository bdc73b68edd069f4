import { covers } from "../pattern/analysis/covers";
import { implied } from "../pattern/analysis/implied";
import type { Condition } from "../pattern/condition";
import type { AskedField, Conjunction } from "../pattern/conjunctions";
import { keyOf } from "./fields";

/** Beyond this many, none is looked for that another takes in. */
const MAX_COMPARED = 60;

/**
 * Fewer conjunctions that match what any of these matches, and hardly more. No two ask the same fields with a condition in
 * common in each: EventBridge may lose matches of such alternatives.
 */
export function combine(conjunctions: readonly Conjunction[]): readonly Conjunction[] {
  let combined = conjunctions.map(sortFields);
  for (let before = -1; before !== combined.length; ) {
    before = combined.length;
    combined = mergeAlike(combined);
    combined = mergeOverlapping(combined);
    if (combined.length <= MAX_COMPARED) combined = withoutCovered(combined);
  }
  return combined;
}

export function sortFields(conjunction: Conjunction): Conjunction {
  return [...conjunction].sort((a, b) => (a.field < b.field ? -1 : 1));
}

/** Those that differ in one field alone become one. */
function mergeAlike(conjunctions: readonly Conjunction[]): Conjunction[] {
  let merged = [...conjunctions];
  for (const field of new Set(conjunctions.flat().map((asked) => asked.field))) {
    const alike = new Map<string, Conjunction>();
    for (const conjunction of merged) {
      const index = conjunction.findIndex((asked) => asked.field === field);
      const key = conjunction.map((asked) => (asked.field === field ? "" : keyOf(asked))).join();
      const other = alike.get(key);
      const together = other && index >= 0 ? hull(other, conjunction) : conjunction;
      if (other === undefined || index < 0) alike.set(key, conjunction);
      else if (together) alike.set(key, together);
      else alike.set(`${key} ${alike.size}`, conjunction);
    }
    merged = [...alike.values()];
  }
  return merged;
}

/** One conjunction of the same fields that takes in both; undefined where that can't be shown. */
function hull(one: Conjunction, other: Conjunction): Conjunction | undefined {
  const fields = one.map(({ field, conditions }, index): AskedField => {
    const both = new Map(
      [...conditions, ...(other[index]?.conditions ?? [])].map((each) => [JSON.stringify(each), each]),
    );
    return { field, conditions: [...both.values()] };
  });
  const takesIn = (conjunction: Conjunction) =>
    conjunction.every(({ conditions }, index) => implied(conditions, fields[index]?.conditions ?? []));
  return takesIn(one) && takesIn(other) ? fields : undefined;
}

function mergeOverlapping(conjunctions: readonly Conjunction[]): Conjunction[] {
  const merged: Conjunction[] = [];
  for (const conjunction of conjunctions) {
    const index = merged.findIndex((other) => overlap(other, conjunction));
    const together = index >= 0 ? hull(merged[index] as Conjunction, conjunction) : undefined;
    if (together) merged[index] = together;
    else merged.push(conjunction);
  }
  return merged;
}

/** Whether they ask the same fields and have a condition in common in each. */
export function overlap(one: Conjunction, other: Conjunction): boolean {
  return (
    one.length === other.length &&
    one.every(
      ({ field, conditions }, index) => field === other[index]?.field && shares(conditions, other[index].conditions),
    )
  );
}

function shares(conditions: readonly Condition[], others: readonly Condition[]): boolean {
  const written = new Set(others.map((other) => JSON.stringify(other)));
  return conditions.some((condition) => written.has(JSON.stringify(condition)));
}

function withoutCovered(conjunctions: readonly Conjunction[]): Conjunction[] {
  const kept: Conjunction[] = [];
  for (const [index, conjunction] of conjunctions.entries()) {
    const others = [...kept, ...conjunctions.slice(index + 1)];
    if (!others.some((other) => covers([other], [conjunction]))) kept.push(conjunction);
  }
  return kept;
}
