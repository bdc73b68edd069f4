import { SEVERITIES, type Severity } from "../../detection/definition/detection";

/** The most severe of some; `low` of none. */
export function highest(severities: Iterable<string>): Severity {
  const held = new Set(severities);
  return SEVERITIES.find((severity) => held.has(severity)) ?? "low";
}
