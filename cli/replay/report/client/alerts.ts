// The alerts, as the page embeds them: by column, each text once (embedded-data.ts).

import type { EmbeddedData, Field } from "../embedded-data";
import { place } from "./elements";

/** Most severe first. */
export const SEVERITIES = ["critical", "high", "medium", "low"];

export const DATA: EmbeddedData = JSON.parse(place("data").textContent ?? "");

export function fieldOf(field: Field, row: number) {
  const { values, rows } = DATA.columns[field];
  return values[rows[row] ?? -1] ?? "";
}

/** Milliseconds since 1970; NaN for what is no time. */
export const TIMES = (() => {
  const { values, rows } = DATA.columns.eventTime;
  const times = values.map((text) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN));
  return Float64Array.from(rows, (position) => times[position] ?? Number.NaN);
})();

/** Each alert's severity, as its place in {@link SEVERITIES}. */
export const SEVERITY_RANKS = (() => {
  const { values, rows } = DATA.columns.severity;
  const ranks = values.map((severity) => SEVERITIES.indexOf(severity));
  return Uint8Array.from(rows, (position) => ranks[position] ?? 0);
})();

/** Each detection's title and severity, by its place among the detections. */
export const DETECTIONS = (() => {
  const { values, rows } = DATA.columns.detection;

  const detections: { title: string; severity: string }[] = values.map(() => ({ title: "", severity: "" }));
  for (let row = DATA.alerts - 1; row >= 0; row--) {
    detections[rows[row] ?? 0] = { title: fieldOf("title", row), severity: fieldOf("severity", row) };
  }
  return detections;
})();
