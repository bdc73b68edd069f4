import { visible } from "../../cards/markup";
import type { ReplayProblem, ReplayResult } from "../result/replay-result";

/** The same result, every text of it as {@link visible} writes it. */
export function visibleResult(result: ReplayResult): ReplayResult {
  const { files, records } = result;
  return {
    ...result,
    alerts: result.alerts.map(visibleTexts),
    detections: result.detections.map((outcome) => ({
      ...visibleTexts(outcome),
      days: outcome.days.map(visibleTexts),
    })),
    suppressions: result.suppressions.map(visibleTexts),
    files: { ...files, unreadable: files.unreadable.map(visibleTexts<ReplayProblem>) },
    records: { ...records, firstProcessingErrors: records.firstProcessingErrors.map(visibleTexts<ReplayProblem>) },
  };
}

function visibleTexts<Entry extends object>(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, visibleValue(value)])) as Entry;
}

function visibleValue(value: unknown): unknown {
  if (typeof value === "string") return visible(value);
  return Array.isArray(value) ? value.map(visibleValue) : value;
}
