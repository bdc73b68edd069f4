import { columns } from "../output/columns";
import type { Paint } from "../output/paint";
import { problemLines } from "../output/problems";
import type { ReplayAlert } from "../result/replay-result";
import { changeSummary } from "./change-summary";
import type { Comparison } from "./compare";

/** What a change would add and remove, for people; a line each. */
export function* comparisonText(comparison: Comparison, paint: Paint): Generator<string> {
  const { added, removed, detections } = comparison;
  yield* changedAlerts("Alerts added", "+", added, paint);
  yield* changedAlerts("Alerts removed", "-", removed, paint);
  if (detections.length > 0) {
    yield paint.heading("Changes per detection and day");
    const rows = detections.flatMap(({ detection, severity, days }) =>
      days.map(({ day, before, after, added, removed }) => [
        paint.severity(severity, severity),
        detection,
        day,
        ...[before, after].map(String),
        added > 0 ? `+${added}` : "",
        removed > 0 ? `-${removed}` : "",
      ]),
    );
    yield* columns([["severity", "detection", "day", "before", "after", "added", "removed"], ...rows], 3);
    yield "";
  }
  yield* problemLines(comparison);
  yield* changeSummary(comparison);
}

function* changedAlerts(
  heading: string,
  sign: string,
  alerts: readonly ReplayAlert[],
  paint: Paint,
): Generator<string> {
  if (alerts.length === 0) return;
  yield paint.heading(`${heading} (${alerts.length})`);
  for (const { severity, tier, detection, title, eventTime, eventName, eventID, actor, account, region } of alerts) {
    const digest = tier === "digest" ? ", in the digest" : "";
    yield `  ${sign} ${eventTime}  ${paint.severity(severity, severity.toUpperCase().padEnd(8))}  ${title}: ${eventName}${digest}  ${paint.aside(detection)}`;
    yield `    ${actor}, in ${account} ${region}  ${paint.aside(eventID)}`;
  }
  yield "";
}
