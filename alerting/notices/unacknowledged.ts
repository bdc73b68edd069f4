import { counted, oneLine } from "../../detection/events/text";
import type { Unacknowledged } from "../incidents/incident";
import { type Labels, timeLabel, withAccountNames } from "./labels";

/** Alerts that a text lists. */
const LISTED = 50;

/** `2 critical alerts not acknowledged`; nothing where there are none. */
export function unacknowledgedNews(alerts: readonly Unacknowledged[]): string {
  return alerts.length === 0 ? "" : `${counted(alerts.length, "critical alert")} not acknowledged`;
}

/** The critical alerts that are not acknowledged, a line each; nothing where there are none. */
export function unacknowledgedText(alerts: readonly Unacknowledged[], labels: Labels): string {
  if (alerts.length === 0) return "";
  const lines = alerts.slice(0, LISTED).map(({ incidentId, title, actor, time }) => {
    const text = `${oneLine(title, 200)}, by ${oneLine(actor, 300)}`;
    return `- ${timeLabel(oneLine(time, 40), labels)}: ${withAccountNames(text, labels)}. Incident ${oneLine(incidentId, 100)}`;
  });
  const others = alerts.length - LISTED;
  return `Not acknowledged:
${lines.join("\n")}
${others > 0 ? `and ${others} more\n` : ""}Acknowledge them in the channel that has them.
`;
}
