import { SEVERITIES } from "../detections/detection";
import type { ClosingWindow, Member } from "../seen/seen-store";
import { type Notice, SMS_BYTES, SUBJECT_LENGTH } from "./notice";
import { ascii, isoTime } from "./text";

/** Calls that a summary names. */
const TOP = 5;

/** How often something was seen. */
export interface Tallied {
  readonly name: string;
  readonly count: number;
}

/** Adds up the members of a window, however many they are. */
export class Totals {
  count = 0;
  /** How many of them would have alerted, had the hour's limit not been reached. */
  capped = 0;
  firstTime = "";
  lastTime = "";
  readonly #calls = new Map<string, number>();
  readonly #regions = new Map<string, number>();

  add({ eventName, region, time, ending }: Member): void {
    this.count++;
    if (ending === "capped") this.capped++;
    if (this.firstTime === "" || time < this.firstTime) this.firstTime = time;
    if (time > this.lastTime) this.lastTime = time;
    this.#calls.set(eventName, (this.#calls.get(eventName) ?? 0) + 1);
    this.#regions.set(region, (this.#regions.get(region) ?? 0) + 1);
  }

  /** The most frequent first. */
  get calls(): readonly Tallied[] {
    return ranked(this.#calls);
  }

  get regions(): readonly Tallied[] {
    return ranked(this.#regions);
  }
}

function ranked(counts: ReadonlyMap<string, number>): readonly Tallied[] {
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

export function most(tallied: readonly Tallied[], limit = TOP): string {
  const others = tallied.length - limit;
  return `${tallied
    .slice(0, limit)
    .map(({ name, count }) => `${name} ×${count}`)
    .join(", ")}${others > 0 ? ` and ${others} more` : ""}`;
}

/**
 * What followed an alert within its window.
 *
 * @param totals of everything that was folded there
 */
export function summaryNotice(window: ClosingWindow, totals: Totals, account: string): Notice {
  const { severity, detection, title, actor } = window;
  const count = totals.count - window.told;
  const minutes = Math.round((window.end - window.start) / 60_000);
  const { calls, regions } = totals;
  const more = `×${count} more in ${minutes} min`;
  const region = regions.length === 1 ? (regions[0]?.name ?? "several") : "several";
  return {
    subject: ascii(`[${severity.toUpperCase()}] x${count} more: ${title}, in ${minutes} min`).slice(0, SUBJECT_LENGTH),
    email: `${severity.toUpperCase()}: ${title}: ${more}

${totals.capped > 0 ? "The limit of alerts an hour was reached, so that none went out before." : "An alert of this detection and actor went out before; these followed it and were held back."}

Who      ${actor}
Calls    ${most(calls)}
Regions  ${regions.length}: ${most(regions)}
First    ${totals.firstTime} (UTC)
Last     ${totals.lastTime} (UTC)
Window   ${isoTime(window.start)} to ${isoTime(window.end)}
${window.told > 0 ? `Told     ${window.told} of them by an earlier summary; these came late\n` : ""}
What to do is in the detection's alert. All of them are in the log archive and, for 90 days, in CloudTrail's event history.
Detection ${detection}, account ${account}.
`,
    sms: ascii(`${severity.toUpperCase()} x${count} more in ${minutes} min: ${title} by ${actor}`).slice(0, SMS_BYTES),
    json: {
      kind: "summary",
      detection,
      title,
      severity,
      account,
      actor,
      count,
      total: totals.count,
      windowStart: isoTime(window.start),
      windowEnd: isoTime(window.end),
      regions: regions.map(({ name }) => name),
      firstTime: totals.firstTime,
      lastTime: totals.lastTime,
      calls: calls.map(({ name, count: times }) => ({ eventName: name, count: times })),
    },
    attributes: { severity, detection, account, region },
  };
}

/** The gravest of some severities. */
export function gravest(severities: readonly string[]): string {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? "low";
}
