import type { Outcome } from "./contenders";

/**
 * Holds what contenders found in the same files against one another. Each need not look for everything.
 *
 * @throws Error that names the first two that differ
 */
export function requireAgreement(what: string, outcomes: Readonly<Record<string, Outcome>>): void {
  for (const field of ["bytes", "records", "matching", "matches"] as const) {
    const found = Object.entries(outcomes).flatMap(([name, outcome]) => {
      const count = outcome[field];
      return count === undefined ? [] : [{ name, count }];
    });
    const [first] = found;
    const other = found.find(({ count }) => count !== first?.count);
    if (first && other) {
      throw new Error(`${what}: ${first.name} finds ${first.count} ${field}, ${other.name} ${other.count}`);
    }
  }
}

/** What contenders found in several files, added up. */
export function sum(outcomes: readonly Outcome[]): Outcome {
  const total: Record<string, number> = {};
  for (const outcome of outcomes) {
    for (const [field, count] of Object.entries(outcome)) total[field] = (total[field] ?? 0) + (count as number);
  }
  return total;
}
