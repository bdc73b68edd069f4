import { dayOf } from "../result/day";
import type { DetectionOutcome, ReplayAlert, ReplayResult } from "../result/replay-result";
import { grandTotals, type Totals } from "../result/totals";

/** What a change does to one detection's alerts on one day. */
export interface DayChange {
  readonly day: string;
  /** Alerts, or events in the day's digest. */
  readonly before: number;
  readonly after: number;
  readonly added: number;
  readonly removed: number;
}

export interface DetectionChange extends Pick<DetectionOutcome, "detection" | "title" | "severity" | "tier"> {
  /** Those with a change, in ascending order. */
  readonly days: readonly DayChange[];
}

/** The alerts of one configuration, and those of another. */
export interface Comparison {
  readonly added: readonly ReplayAlert[];
  readonly removed: readonly ReplayAlert[];
  /** Those whose alerts differ, in the catalogue's order. */
  readonly detections: readonly DetectionChange[];
  readonly before: Totals;
  readonly after: Totals;
  /** How many detections were evaluated. */
  readonly asked: { readonly before: number; readonly after: number };
  readonly files: ReplayResult["files"];
  readonly records: ReplayResult["records"];
}

/**
 * Compares two replays of the same logs. An alert is the same when it is of the same detection and event, and of the same severity and
 * tier; it is still there where another detection leads the alert of its event.
 */
export function compare(before: ReplayResult, after: ReplayResult): Comparison {
  const earlier = new Set(covered(before));
  const later = new Set(covered(after));
  const added = after.alerts.filter((alert) => !earlier.has(keyOf(alert)));
  const removed = before.alerts.filter((alert) => !later.has(keyOf(alert)));
  return {
    added,
    removed,
    detections: changes(before, after, added, removed),
    before: grandTotals(before),
    after: grandTotals(after),
    asked: { before: before.asked, after: after.asked },
    files: before.files,
    records: before.records,
  };
}

/** Every detection's part in an alert, whichever leads. */
function covered({ alerts, detections }: ReplayResult): readonly string[] {
  const severities = new Map(detections.map(({ detection, severity }) => [detection, severity]));
  return alerts.flatMap((alert) => [
    keyOf(alert),
    ...alert.alsoMatched.map((detection) =>
      keyOf({ ...alert, detection, severity: severities.get(detection) ?? alert.severity }),
    ),
  ]);
}

function keyOf({ detection, severity, tier, account, eventID, eventTime }: ReplayAlert): string {
  return JSON.stringify([detection, severity, tier, account, eventID, eventTime]);
}

function changes(
  before: ReplayResult,
  after: ReplayResult,
  added: readonly ReplayAlert[],
  removed: readonly ReplayAlert[],
): readonly DetectionChange[] {
  const counts = {
    before: perDay(before.alerts),
    after: perDay(after.alerts),
    added: perDay(added),
    removed: perDay(removed),
  };
  const changed = new Set([...added, ...removed].map(({ detection }) => detection));
  const known = new Map([...before.detections, ...after.detections].map((outcome) => [outcome.detection, outcome]));
  return [...known.values()]
    .filter(({ detection }) => changed.has(detection))
    .map(({ detection, title, severity, tier }) => {
      const days = [...(counts.added.get(detection)?.keys() ?? []), ...(counts.removed.get(detection)?.keys() ?? [])];
      const on = (day: string, of: keyof typeof counts) => counts[of].get(detection)?.get(day) ?? 0;
      return {
        ...{ detection, title, severity, tier },
        days: [...new Set(days)].sort().map((day) => ({
          day,
          before: on(day, "before"),
          after: on(day, "after"),
          added: on(day, "added"),
          removed: on(day, "removed"),
        })),
      };
    });
}

/** How many alerts, by detection and day. */
function perDay(alerts: readonly ReplayAlert[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const { detection, eventTime } of alerts) {
    const days = counts.get(detection) ?? new Map<string, number>();
    counts.set(detection, days);
    const day = dayOf(eventTime);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return counts;
}
