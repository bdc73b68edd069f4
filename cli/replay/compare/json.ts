import { jsonAlert } from "../output/json";
import { plainJson } from "../result/plain-json";
import type { Comparison } from "./compare";

/** What a change would add and remove, for programs: an alert a line. */
export function* comparisonJson({ added, removed }: Comparison): Generator<string> {
  for (const alert of removed) yield plainJson({ change: "removed", ...jsonAlert(alert) });
  for (const alert of added) yield plainJson({ change: "added", ...jsonAlert(alert) });
}
