import { SEVERITIES } from "../../../detection/definition/detection";
import type { ReplayAlert } from "../result/replay-result";

/** Alerts that a report shows as channels do. */
const MOST = 10;

/** The alerts that are shown as channels show them: the most severe, one of each detection, the first of each. */
export function cardAlerts(alerts: readonly ReplayAlert[]): readonly ReplayAlert[] {
  const first = new Map<string, ReplayAlert>();
  for (const alert of alerts) {
    if (alert.tier === "alert" && !first.has(alert.detection)) first.set(alert.detection, alert);
  }
  return [...first.values()]
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
    .slice(0, MOST);
}
