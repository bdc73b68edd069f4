import { SEVERITIES } from "../../detection/definition/detection";
import type { Card } from "./card";

/** Before the headline of an alert that alerts anew within its incident; nothing before others. */
export function riseInWords({ severity, incident }: Card): string {
  if (incident?.role !== "rises") return "";
  return incident.nowSucceeded ? "Now succeeded: " : `Rises to ${severity}: `;
}

/** The name of a rise in its incident: for each severity there is one by severity and one by outcome. */
export function riseName({ severity, incident }: Card): string {
  return incident?.nowSucceeded ? `${severity}-succeeded` : severity;
}

/** Every `riseName` that there can be, the most severe first. */
export const RISE_NAMES: readonly string[] = SEVERITIES.slice(0, -1).flatMap((severity) => [
  severity,
  `${severity}-succeeded`,
]);
