import { SEVERITIES, type Severity } from "../../../detection/definition/detection";
import type { DayOutcome, DetectionOutcome, ReplayAlert, ReplayResult } from "../result/replay-result";

const NUMBERS = new Intl.NumberFormat("en-US");

/** `1,204,332` */
export function number(count: number): string {
  return NUMBERS.format(count);
}

/** `1 record`, `2,300 records` */
export function counted(count: number, one: string): string {
  return `${number(count)} ${one}${count === 1 ? "" : "s"}`;
}

/** `48.2 MB`, in powers of 1000. */
export function bytes(count: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let [amount, unit] = [count, 0];
  for (; amount >= 999.5 && unit < units.length - 1; unit++) amount /= 1000;
  return unit === 0 ? `${number(count)} bytes` : `${amount.toFixed(amount < 10 ? 1 : 0)} ${units[unit]}`;
}

/** `120 alerts and 8 digest lines`; of one tier alone if there is none of the other. */
export function alertCount(alerts: readonly ReplayAlert[]): string {
  const digested = alerts.filter(({ tier }) => tier === "digest").length;
  const atOnce = alerts.length - digested;
  if (digested === 0) return counted(atOnce, "alert");
  const lines = `${number(digested)} digest ${digested === 1 ? "line" : "lines"}`;
  return atOnce === 0 ? lines : `${counted(atOnce, "alert")} and ${lines}`;
}

/** The first and the last day (UTC) on which anything matched; undefined where no event has a time. */
export function span({ detections }: ReplayResult): readonly [first: string, last: string] | undefined {
  const days = detections
    .flatMap((outcome) => outcome.days.map(({ day }) => day))
    .filter((day) => /^\d{4}-\d\d-\d\d$/.test(day))
    .sort();
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined ? undefined : [first, last];
}

export type Outcome = Exclude<keyof DayOutcome, "day">;

/** How a match can end, with a heading and what it means. The first is the sum of the others. */
export const OUTCOMES: readonly (readonly [outcome: Outcome, heading: string, meaning: string])[] = [
  ["matches", "Matches", "events that a detection matched"],
  ["alerts", "Alerts", "sent at once"],
  ["merged", "Merged", "in the alert of the same event that another detection leads"],
  ["digested", "Digest", "in the daily digest"],
  ["grouped", "Grouped", "more of the same, in the summary after an alert"],
  ["counted", "Counted", "below the detection's threshold"],
  ["suppressed", "Suppressed", "by a suppression"],
  ["duplicates", "Duplicates", "the same event again"],
];

/** The outcomes of all matches of these days. */
export function totals(days: readonly DayOutcome[]): Readonly<Record<Outcome, number>> {
  const sums = OUTCOMES.map(([outcome]) => [outcome, days.reduce((sum, day) => sum + day[outcome], 0)]);
  return Object.fromEntries(sums) as Record<Outcome, number>;
}

/** Every detection's days together, in ascending order. */
export function byDay(
  detections: readonly DetectionOutcome[],
): readonly (readonly [day: string, days: readonly DayOutcome[]])[] {
  const days = new Map<string, DayOutcome[]>();
  for (const outcome of detections.flatMap((detection) => detection.days)) {
    days.set(outcome.day, [...(days.get(outcome.day) ?? []), outcome]);
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1));
}

export function bySeverity(alerts: readonly ReplayAlert[]): readonly (readonly [Severity, number])[] {
  return SEVERITIES.map((severity) => [severity, alerts.filter((alert) => alert.severity === severity).length]);
}
