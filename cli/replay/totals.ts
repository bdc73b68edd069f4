import type { DayOutcome, DetectionOutcome, ReplayResult } from "./replay-result";

/** What became of matches, and how many summaries tell of those that were folded. */
export type Totals = Omit<DayOutcome, "day"> & { readonly summaries: number };

/** Over all days. */
export function totalsOf({ days, summaries }: DetectionOutcome): Totals {
  const sum = (of: keyof Omit<DayOutcome, "day">) => days.reduce((total, day) => total + day[of], 0);
  return {
    matches: sum("matches"),
    alerts: sum("alerts"),
    digested: sum("digested"),
    folded: sum("folded"),
    counted: sum("counted"),
    suppressed: sum("suppressed"),
    repeated: sum("repeated"),
    summaries,
  };
}

/** Over all detections. */
export function grandTotals({ detections }: Pick<ReplayResult, "detections">): Totals {
  const all = detections.map(totalsOf);
  const sum = (of: keyof Totals) => all.reduce((total, each) => total + each[of], 0);
  return {
    matches: sum("matches"),
    alerts: sum("alerts"),
    digested: sum("digested"),
    folded: sum("folded"),
    counted: sum("counted"),
    suppressed: sum("suppressed"),
    repeated: sum("repeated"),
    summaries: sum("summaries"),
  };
}

/** Every day on which a detection matched something, in ascending order. */
export function daysOf(detections: readonly Pick<DetectionOutcome, "days">[]): readonly string[] {
  return [...new Set(detections.flatMap(({ days }) => days.map(({ day }) => day)))].sort();
}
