import { HISTORY_LAGS } from "../../detection/definition/history-note";
import { ascii, counted, isoTime } from "../../detection/events/text";
import {
  type CallerCounts,
  NOTIFICATION_VERSION,
  type OutcomeCounts,
  type SummarizedEvent,
} from "../notification/notification";
import type { ClosingWindow } from "../windows/alert-state";
import { consoleLink, linkOf } from "./console-link";
import { placeOf, type RecordPlace } from "./find-record";
import {
  accountLabel,
  type Labels,
  NO_LABELS,
  namedAccount,
  shortAccount,
  timeLabel,
  withAccountNames,
} from "./labels";
import { namedDetection } from "./named-detection";
import { type Notice, SUBJECT_LENGTH } from "./notice";
import { clockOf, shortActor, smsOf } from "./sms";
import {
  addedOutcomes,
  type NamedEvent,
  outcomesInWords,
  type Tallied,
  type TalliedActor,
  type Totals,
} from "./totals";

/** Calls, regions or actors that a line names. */
const TOP = 5;
/** Actors, calls and regions that the JSON names, each with their counts; of actors, the others come in one sum. */
const LISTED = 100;
const MINUTE_MS = 60_000;

/** The most frequent, on one line. */
export function most(tallied: readonly (Tallied & { readonly note?: string })[]): string {
  const others = tallied.length - TOP;
  const named = tallied
    .slice(0, TOP)
    .map(({ name, count, note }) => `${name} ×${count}${note === undefined ? "" : ` (${note})`}`);
  return `${named.join(", ")}${others > 0 ? ` and ${counted(others, "other")}` : ""}`;
}

/**
 * What followed an alert within its window; or what came without one, since the rate limit was reached.
 *
 * @param totals of everything that was put into the window and got no alert of its own
 * @param functionAccount where no member says whose record it is
 * @param archive the log archive's folder, see `placeOf`
 */
export function summaryNotice(
  window: ClosingWindow,
  totals: Totals,
  functionAccount: string,
  labels: Labels = NO_LABELS,
  archive?: string,
): Notice {
  const { severity, detection, title, reported } = window;
  const count = totals.count - reported;
  const news = newsOf(window, totals);
  const { accounts, calls, regions, actors, firstTime, lastTime, firstEvent, alerted } = totals;
  const [{ name: account } = { name: functionAccount }] = accounts;
  const accountLine =
    accounts.length > 1
      ? most(accounts.map(({ name, count: of }) => ({ name: accountLabel(name, labels), count: of })))
      : accountLabel(account, labels);
  const outside = outsideHistory(totals, account, archive);
  const [first] = regions;
  const region = regions.length === 1 && first ? first.name : "several";
  const where = regions.length === 1 && first ? first.name : `${regions.length} regions`;
  return {
    subject: ascii(`[${severity.toUpperCase()}] ${news}: ${title}`).slice(0, SUBJECT_LENGTH),
    email: `${severity.toUpperCase()}: ${news}: ${title}

${withAccountNames(explanation(window, totals), labels)}

Who      ${withAccountNames(whoLines(actors).join("\n         "), labels)}
Calls    ${most(calls)}
Regions  ${most(regions)}
Account  ${accountLine}
${firstTime === lastTime ? `When     ${timeLabel(firstTime, labels)}` : `First    ${timeLabel(firstTime, labels)}\nLast     ${timeLabel(lastTime, labels)}`}
Event    ${firstEvent ? (eventIdOf(firstEvent) ?? "the record has no id") : "unknown"}${totals.count > 1 ? " (the first)" : ""}${alerted?.incident === undefined ? "" : `\nIncident ${alerted.incident}`}

What to do
1. ${firstStep(window, totals)}
${outside === undefined ? inHistory(window, totals) : `2. See the first event. ${outside.sentence}`}
Detection ${detection}. The log archive has every event.
`,
    sms: smsOf(
      `${severity.toUpperCase()} ${news}:`,
      `${title} by ${actors.length === 1 ? shortActor(actorOf(actors)) : actorOf(actors)}.`,
      `${shortAccount(account, labels)} ${where}${clockOf(lastTime)}`,
    ),
    json: {
      version: NOTIFICATION_VERSION,
      kind: "summary",
      id: `${window.id}/${reported}`,
      severity,
      account: namedAccount(account, labels),
      region,
      detection: namedDetection({ id: detection, title, severity }),
      count,
      total: totals.count,
      rateLimited: totals.rateLimited,
      outcomes: totals.outcomes,
      ...(alerted && { alerted: summarized(alerted) }),
      ...(firstEvent && { firstEvent: summarized(firstEvent) }),
      ...actorsOf(actors),
      calls: listed(calls),
      regions: listed(regions).map(({ name }) => name),
      windowStart: isoTime(window.start),
      windowEnd: isoTime(window.end),
      firstTime,
      lastTime,
      news,
      ...(alerted?.incident !== undefined && { incident: { id: alerted.incident } }),
      links: firstEvent ? linkOf(outside?.link ?? linkTo(firstEvent)) : {},
    },
    attributes: { kind: "summary", severity, detection, account, region },
  };
}

/** Who it was; how many, where one name would stand for several. */
function actorOf(actors: readonly TalliedActor[]): string {
  const [only] = actors;
  return actors.length === 1 && only ? only.name : counted(actors.length, "caller");
}

/** A line for each caller, and one for those that there is no line for: their counts add up to all. */
function whoLines(actors: readonly TalliedActor[]): readonly string[] {
  const others = actors.slice(TOP);
  const lines = actors.slice(0, TOP).map(({ name, outcomes }) => `${name}: ${outcomesInWords(outcomes)}`);
  if (others.length === 0) return lines;
  return [...lines, `${counted(others.length, "other")}: ${outcomesInWords(addedOutcomes(others))}`];
}

/** The callers with what came of their calls, as JSON of bounded length. */
export function actorsOf(actors: readonly TalliedActor[]): {
  readonly actors: readonly CallerCounts[];
  readonly otherActors?: { readonly actors: number; readonly count: number; readonly outcomes: OutcomeCounts };
} {
  const others = actors.slice(LISTED);
  const count = others.reduce((sum, other) => sum + other.count, 0);
  return {
    actors: actors.slice(0, LISTED).map(({ name, ...counts }) => ({ actor: name, ...counts })),
    ...(others.length > 0 && { otherActors: { actors: others.length, count, outcomes: addedOutcomes(others) } }),
  };
}

/** The most frequent, as JSON of bounded length. */
export function listed(tallied: readonly Tallied[]): readonly { readonly name: string; readonly count: number }[] {
  return tallied.slice(0, LISTED).map(({ name, count }) => ({ name, count }));
}

/** The event's id, where the record has one: what has none is known by a hash of it. */
function eventIdOf({ id }: NamedEvent): string | undefined {
  return /^(sha256-|~)/.test(id) ? undefined : id;
}

function linkTo(event: NamedEvent | undefined): string {
  return consoleLink(event?.region === "unknown" ? "" : (event?.region ?? ""), event && eventIdOf(event));
}

/** Where the first event is, if not in CloudTrail's event history. */
function outsideHistory(
  { firstEvent, firstTime }: Totals,
  account: string,
  archive: string | undefined,
): RecordPlace | undefined {
  if (firstEvent?.category === undefined) return undefined;
  const { eventName, region, category } = firstEvent;
  const record = {
    eventSource: "",
    eventName,
    eventID: eventIdOf(firstEvent),
    eventTime: firstTime,
    awsRegion: region,
  };
  return placeOf({ ...record, eventCategory: category, recipientAccountId: account }, archive);
}

function inHistory(window: ClosingWindow, totals: Totals): string {
  const { count, calls, regions, firstEvent } = totals;
  const what = calls.length * regions.length > 1 ? "the most frequent" : count === 1 ? "it" : "them";
  return `2. See the first in CloudTrail (up to 90 days): ${linkTo(firstEvent)}
3. List ${what}: ${lookUp(window, totals)}
   (${HISTORY_LAGS})`;
}

function summarized(event: NamedEvent): SummarizedEvent {
  const { eventName, region, actor, outcome } = event;
  const id = eventIdOf(event);
  return { ...(id !== undefined && { id }), name: eventName, region, actor, outcome };
}

/** How many, in a few words; and how many succeeded, where the alert before was about a call that did not. */
function newsOf({ start, end, reported }: ClosingWindow, { count, rateLimited, outcomes, alerted }: Totals): string {
  const { succeeded = 0 } = outcomes;
  const isHidden = succeeded > 0 && alerted?.outcome !== "succeeded";
  if (reported > 0)
    return `${count - reported} more came late${isHidden ? `, ${succeeded} of ${count} succeeded` : ""}`;
  const news = `${count} ${rateLimited > 0 ? "rate-limited" : "more"} in ${Math.round((end - start) / MINUTE_MS)} min`;
  return `${news}${isHidden ? `, ${succeeded} succeeded` : ""}`;
}

function explanation({ reported }: ClosingWindow, { count, rateLimited, outcomes, alerted }: Totals): string {
  const came = outcomesInWords(outcomes);
  if (reported > 0) {
    return `An earlier summary covered ${reported}; ${count - reported} more came after it. The lines below cover all ${count}: ${came}.`;
  }
  if (rateLimited > 0) {
    return `No alert was sent for ${count === 1 ? "this event" : `these ${count} events`}: the rate limit (maxAlertsPerHour) was reached. Outcome: ${came}.`;
  }
  // Of the first, an alert may have failed, or its sender died: it is not put down as published.
  const first = alerted
    ? `An alert was sent for the first event (${alerted.eventName}, ${alerted.outcome}, by ${alerted.actor}).`
    : "An alert for the first event may not have been sent.";
  return `${first} ${count === 1 ? "One more" : `${count} more`} followed: ${came}.`;
}

function firstStep({ reported }: ClosingWindow, { rateLimited, alerted }: Totals): string {
  if (reported > 0) return "Follow the steps of the earlier alert.";
  if (rateLimited > 0) return "Look now: no alert was sent before this summary.";
  return alerted ? "Follow the steps of the first alert." : "Look now: this may be the first message about it.";
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
