import { counted, number } from "../output/number";
import type { Totals } from "../result/totals";
import type { Comparison } from "./compare";

const VOLUMES = [
  ["alerts", "alerts"],
  ["summaries", "summaries of grouped matches"],
  ["digested", "events in digests"],
  ["suppressed", "matches suppressed"],
] as const satisfies readonly (readonly [keyof Totals, string])[];

/** A change in a few lines. */
export function* changeSummary({
  added,
  removed,
  before,
  after,
  asked,
  files,
  records,
}: Comparison): Generator<string> {
  const read = counted(files.read + files.unreadable.length, "file");
  const asking =
    asked.before === asked.after
      ? counted(asked.before, "detection")
      : `${asked.before} → ${counted(asked.after, "detection")}`;
  yield `${counted(records.read, "record")} in ${read}, evaluated by ${asking}: ${counted(added.length, "alert")} added, ${number(removed.length)} removed.`;
  for (const [key, what] of VOLUMES) {
    if (before[key] + after[key] > 0)
      yield `${what}: ${before[key] === after[key] ? number(before[key]) : `${number(before[key])} → ${number(after[key])}`}`;
  }
}
