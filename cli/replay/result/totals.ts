import type { DayOutcome, DetectionOutcome, ReplayResult } from "./replay-result";

/** The outcomes of matches, and how many summaries there are of grouped ones. */
export type Totals = Omit<DayOutcome, "day"> & { readonly summaries: number };

const NUMBERS = ["matches", "alerts", "merged", "digested", "grouped", "counted", "suppressed", "duplicates"] as const;

/** Over all days. */
export function totalsOf({ days, summaries }: DetectionOutcome): Totals {
  return { ...sums(NUMBERS, days), summaries };
}

/** Over all detections. */
export function grandTotals({ detections }: Pick<ReplayResult, "detections">): Totals {
  return sums([...NUMBERS, "summaries"], detections.map(totalsOf));
}

function sums<K extends string>(
  names: readonly K[],
  rows: readonly Readonly<Record<NoInfer<K>, number>>[],
): Record<K, number> {
  const entries = names.map((name) => [name, rows.reduce((total, row) => total + row[name], 0)]);
  return Object.fromEntries(entries) as Record<K, number>;
}

/** Every day on which a detection matched something, in ascending order. */
export function daysOf(detections: readonly Pick<DetectionOutcome, "days">[]): readonly string[] {
  return [...new Set(detections.flatMap(({ days }) => days.map(({ day }) => day)))].sort();
}
