import { jsonAlert } from "../output/json";
import type { Comparison } from "./compare";

/** What a change would add and remove, for programs: an alert a line. */
export function* comparisonJson({ added, removed }: Comparison): Generator<string> {
  for (const alert of removed) yield JSON.stringify({ change: "removed", ...jsonAlert(alert) });
  for (const alert of added) yield JSON.stringify({ change: "added", ...jsonAlert(alert) });
}
