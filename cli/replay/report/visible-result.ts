import type { ReplayProblem, ReplayResult } from "../result/replay-result";
import { visible } from "./markup";

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
  const texts = Object.entries(entry).map(([key, value]) => [key, typeof value === "string" ? visible(value) : value]);
  return Object.fromEntries(texts) as Entry;
}
