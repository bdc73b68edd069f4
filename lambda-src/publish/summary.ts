import { SEVERITIES } from "../detections/detection";
import type { ClosingWindow, Member } from "../seen/seen-store";
import { HISTORY_LAGS } from "./history-note";
import { type Notice, SUBJECT_LENGTH } from "./notice";
import { clockOf, shortActor, smsOf } from "./sms";
import { ascii, counted, isoTime, oneLine, parseTime } from "./text";

/** Calls, regions or actors that a line names. */
const TOP = 5;
/** Characters of a name. */
const NAME = 128;
const MINUTE_MS = 60_000;

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
  #first: number | undefined;
  #last: number | undefined;
  readonly #calls = new Map<string, number>();
  readonly #regions = new Map<string, number>();

  add({ eventName, region, time, ending }: Member): void {
    this.count++;
    if (ending === "capped") this.capped++;
    const when = parseTime(time);
    if (when !== undefined) {
      this.#first = Math.min(this.#first ?? when, when);
      this.#last = Math.max(this.#last ?? when, when);
    }
    increase(this.#calls, oneLine(eventName, NAME) || "unknown");
    increase(this.#regions, oneLine(region, NAME) || "unknown");
  }

  /** As CloudTrail writes it; `unknown` where no member says. */
  get firstTime(): string {
    return this.#first === undefined ? "unknown" : isoTime(this.#first);
  }

  get lastTime(): string {
    return this.#last === undefined ? "unknown" : isoTime(this.#last);
  }

  /** The most frequent first. */
  get calls(): readonly Tallied[] {
    return ranked(this.#calls);
  }

  get regions(): readonly Tallied[] {
    return ranked(this.#regions);
  }
}

function increase(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function ranked(counts: ReadonlyMap<string, number>): readonly Tallied[] {
  return [...counts].map(([name, count]) => ({ name, count })).sort(byCount);
}

export function byCount(a: Tallied, b: Tallied): number {
  return b.count - a.count || (a.name < b.name ? -1 : 1);
}

/** The most frequent, on one line. */
export function most(tallied: readonly Tallied[]): string {
  const others = tallied.length - TOP;
  const named = tallied.slice(0, TOP).map(({ name, count }) => `${name} ×${count}`);
  return `${named.join(", ")}${others > 0 ? ` and ${counted(others, "other")}` : ""}`;
}

/**
 * What followed an alert within its window; or what came without one, since the hour's limit had been reached.
 *
 * @param totals of everything that was put into the window and got no alert of its own
 */
export function summaryNotice(window: ClosingWindow, totals: Totals, account: string): Notice {
  const { severity, detection, title, actor, told } = window;
  const count = totals.count - told;
  const news = newsOf(window, totals);
  const { calls, regions, firstTime, lastTime } = totals;
  const [first] = regions;
  const where = regions.length === 1 && first ? first.name : `${regions.length} regions`;
  return {
    subject: ascii(`[${severity.toUpperCase()}] ${news}: ${title}`).slice(0, SUBJECT_LENGTH),
    email: `${severity.toUpperCase()}: ${news}: ${title}

${explanation(window, totals)}

Who      ${actor}
Calls    ${most(calls)}
Regions  ${most(regions)}
Account  ${account}
${firstTime === lastTime ? `When     ${firstTime} (UTC)` : `First    ${firstTime} (UTC)\nLast     ${lastTime} (UTC)`}

What to do
1. ${firstStep(window, totals)}
2. ${calls.length * regions.length > 1 ? "See the most frequent" : `See ${totals.count === 1 ? "it" : "them"}`} (up to 90 days): ${lookUp(window, totals)}
   (${HISTORY_LAGS})
Detection ${detection}. The log archive has every event.
`,
    sms: smsOf(
      `${severity.toUpperCase()} ${news}:`,
      `${title} by ${shortActor(actor)}.`,
      `${account} ${where}${clockOf(lastTime)}`,
    ),
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
      firstTime,
      lastTime,
      calls: calls.map(({ name, count: times }) => ({ eventName: name, count: times })),
    },
    attributes: { severity, detection, account, region: regions.length === 1 && first ? first.name : "several" },
  };
}

/** How many, in a few words. */
function newsOf({ start, end, told }: ClosingWindow, { count, capped }: Totals): string {
  if (told > 0) return `${count - told} more came late`;
  return `${count} ${capped > 0 ? "held back" : "more"} in ${Math.round((end - start) / MINUTE_MS)} min`;
}

function explanation({ told }: ClosingWindow, { count, capped }: Totals): string {
  if (told > 0) {
    return `A summary told of ${told} before; ${count - told} more came after it. What follows is about all ${count}.`;
  }
  if (capped > 0) {
    return `No alert went out for ${count === 1 ? "this event" : `these ${count} events`}: the hour's limit of alerts had been reached.`;
  }
  return `An alert went out for the first event. ${count === 1 ? "One more" : `${count} more`} followed and ${count === 1 ? "is" : "are"} told here.`;
}

function firstStep({ told }: ClosingWindow, { capped }: Totals): string {
  if (told > 0) return "Read what was sent first, and do as it says.";
  return capped > 0 ? "Look now: nothing was sent before this." : "Read the alert that came first, and do as it says.";
}

/** The command that lists the most frequent call, only of names that a shell takes as they are. */
export function lookUp({ start, end }: Pick<ClosingWindow, "start" | "end">, { calls, regions }: Totals): string {
  const safe = (tallied: readonly Tallied[]) =>
    tallied.find(({ name }) => name !== "unknown" && /^[A-Za-z0-9][\w-]*$/.test(name))?.name;
  const call = safe(calls);
  const times = start > 0 ? ` --start-time ${isoTime(start)} --end-time ${isoTime(end)}` : "";
  return `aws cloudtrail lookup-events --region ${safe(regions) ?? "<awsRegion>"}${times}${
    call ? ` --lookup-attributes AttributeKey=EventName,AttributeValue=${call}` : ""
  }`;
}

/** The gravest of some severities. */
export function gravest(severities: readonly string[]): string {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? "low";
}
