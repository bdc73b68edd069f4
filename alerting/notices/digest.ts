import { mostSevere, type Severity } from "../../detection/definition/detection";
import { sha256 } from "../../detection/events/event-id";
import { ascii, counted, isoTime } from "../../detection/events/text";
import type { Unacknowledged } from "../incidents/incident";
import { NOTIFICATION_VERSION } from "../notification/notification";
import type { SilentAccount } from "../reach/silent-accounts";
import type { ClosingWindow } from "../windows/alert-state";
import { accountLabel, type Labels, NO_LABELS, namedAccount, shortAccount, withAccountNames } from "./labels";
import { namedDetection } from "./named-detection";
import { type Notice, SUBJECT_LENGTH } from "./notice";
import { silentInJson, silentNews, silentText } from "./silent-accounts";
import { smsOf } from "./sms";
import { actorsOf, listed, most } from "./summary";
import {
  added,
  addedActors,
  addedOutcomes,
  type Outcomes,
  outcomesInWords,
  type Tallied,
  type TalliedActor,
  type Totals,
} from "./totals";
import { unacknowledgedNews, unacknowledgedText } from "./unacknowledged";

/** One detection and actor of a day. */
export interface DigestEntry {
  readonly window: ClosingWindow;
  readonly totals: Totals;
}

interface Section {
  readonly detection: string;
  readonly title: string;
  readonly severity: Severity;
  /** Of events that no digest has covered. */
  readonly count: number;
  readonly actors: readonly TalliedActor[];
  readonly outcomes: Outcomes;
  readonly calls: readonly Tallied[];
  readonly regions: readonly Tallied[];
  /** Whose records they are. */
  readonly accounts: readonly Tallied[];
}

/**
 * What needs no alert at once in any account, and the critical alerts that are not acknowledged, once a day.
 *
 * @param account of the function
 * @param unacknowledged the earliest first
 * @param silent accounts that send no log files, and the day on which that was seen
 */
export function digestNotice(
  entries: readonly DigestEntry[],
  account: string,
  region: string,
  labels: Labels = NO_LABELS,
  unacknowledged: readonly Unacknowledged[] = [],
  silent: { readonly day: string; readonly accounts: readonly SilentAccount[] } = { day: "", accounts: [] },
): Notice {
  const sections = sectionsOf(entries);
  const times =
    entries.length > 0 ? entries.map(({ window }) => isoTime(window.start)) : unacknowledged.map(({ time }) => time);
  if (times.length === 0) times.push(silent.day);
  const days = [...new Set(times.map((time) => time.slice(0, 10)))].sort();
  const day = days.length > 1 ? `${days[0]} to ${days.at(-1)}` : (days[0] ?? "");
  // Whoever gets critical alerts gets the list of those that are not acknowledged.
  const severity =
    unacknowledged.length > 0
      ? "critical"
      : mostSevere([...sections.map((section) => section.severity), ...(silent.accounts.length > 0 ? ["high"] : [])]);
  // A central account reports what others did.
  const accounts = accountsOf(sections);
  const [only = account] = accounts;
  const several = accounts.length > 1;
  const where = several ? counted(accounts.length, "account") : shortAccount(only, labels);
  const count = sections.reduce((sum, section) => sum + section.count, 0);
  const reported = entries.reduce((sum, { window }) => sum + window.reported, 0);
  const events = counted(count, "event");
  const missing = [unacknowledgedNews(unacknowledged), silentNews(silent.accounts)]
    .filter((part) => part !== "")
    .join(", ");
  const news = (zone = "") =>
    [missing, entries.length > 0 || missing === "" ? `${events} on ${day}${zone}` : ""]
      .filter((part) => part !== "")
      .join(", ");
  return {
    subject: ascii(`[DIGEST] ${news()} in ${where}`).slice(0, SUBJECT_LENGTH),
    email: [
      `DIGEST: ${news(" (UTC)")} in ${several ? where : `account ${accountLabel(only, labels)}`}\n`,
      unacknowledgedText(unacknowledged, labels),
      silentText(silent.accounts, labels),
      entries.length > 0 ? eventsText(sections, reported, labels) : "",
    ]
      .filter((part) => part !== "")
      .join("\n"),
    sms: smsOf(
      `DIGEST ${missing === "" ? events : missing}:`,
      sections.map(({ title, count: n }) => `${title} x${n}`).join(", "),
      `${where} ${day}`,
    ),
    json: {
      version: NOTIFICATION_VERSION,
      kind: "digest",
      id: digestId(entries, unacknowledged, silent.accounts, account, region, day),
      severity,
      account: namedAccount(account, labels),
      region,
      day,
      count,
      detections: sections.map(
        ({ detection: id, title, severity: its, actors, calls, regions, accounts, ...section }) => ({
          ...namedDetection({ id, title, severity: its }),
          ...section,
          ...actorsOf(actors),
          calls: listed(calls),
          regions: listed(regions).map(({ name }) => name),
          ...(accounts.length > 0 && { accounts: listed(accounts).map(({ name }) => namedAccount(name, labels)) }),
        }),
      ),
      unacknowledged,
      ...silentInJson(silent.accounts, labels),
    },
    attributes: { kind: "digest", severity, detection: "digest", account, region },
  };
}

/** By what it reports: the same windows after the same earlier digests, alerts that are not acknowledged, and silent accounts. */
function digestId(
  entries: readonly DigestEntry[],
  unacknowledged: readonly Unacknowledged[],
  silent: readonly SilentAccount[],
  account: string,
  region: string,
  day: string,
): string {
  const parts = [
    ...entries.map(({ window }) => `${window.id}/${window.reported}`),
    ...unacknowledged.map(({ incidentId, time }) => `${incidentId}/${time}`),
    ...silent.map(({ account: id, last }) => `silent/${id}/${last?.at ?? ""}`),
  ].sort();
  return `digest/${account}/${region}/${day.replace(" to ", "..")}/${sha256(parts.join(" ")).slice(0, 16)}`;
}

/** @param reported events that an earlier digest has covered */
function eventsText(sections: readonly Section[], reported: number, labels: Labels): string {
  return `Low urgency: nothing below was alerted on at once.
${reported > 0 ? `An earlier digest covered ${reported} more; callers, outcomes, calls and regions below count those too.\n` : ""}
${withAccountNames(sections.map((section) => paragraph(section, labels, accountsOf(sections).length > 1)).join("\n"), labels)}
What to do
1. Look for callers and calls that you did not expect. CloudTrail's event history shows them for 90 days (management events only, 5 to 15 minutes after the call).
2. The log archive has every event.
`;
}

function accountsOf(sections: readonly Section[]): readonly string[] {
  return added(sections.flatMap(({ accounts }) => accounts)).map(({ name }) => name);
}

function paragraph(
  { severity, title, detection, count, actors, outcomes, calls, regions, accounts }: Section,
  labels: Labels,
  several: boolean,
): string {
  return `${severity.toUpperCase()}: ${title} ×${count}
Who      ${most(actors.map(whoOf))}
Outcome  ${outcomesInWords(outcomes)}
Calls    ${most(calls)}
Regions  ${most(regions)}
${several ? `Accounts ${most(accounts.map(({ name, count: n }) => ({ name: accountLabel(name, labels), count: n })))}\n` : ""}Detection ${detection}
`;
}

/** The most severe first, and of those the most frequent. */
function sectionsOf(entries: readonly DigestEntry[]): readonly Section[] {
  const byDetection = new Map<string, DigestEntry[]>();
  for (const entry of entries) {
    const same = byDetection.get(entry.window.detection);
    if (same) same.push(entry);
    else byDetection.set(entry.window.detection, [entry]);
  }
  return [...byDetection.values()].map(sectionOf).sort((a, b) => {
    if (a.severity !== b.severity) return mostSevere([a.severity, b.severity]) === a.severity ? -1 : 1;
    return b.count - a.count;
  });
}

function sectionOf(entries: readonly DigestEntry[]): Section {
  const { detection, title, severity } = (entries[0] as DigestEntry).window;
  const actors = addedActors(entries.flatMap(({ totals }) => totals.actors));
  const calls = added(entries.flatMap(({ totals }) => totals.calls));
  const regions = added(entries.flatMap(({ totals }) => totals.regions));
  const accounts = added(entries.flatMap(({ totals }) => totals.accounts));
  const count = entries.reduce((sum, { window, totals }) => sum + totals.count - window.reported, 0);
  return { detection, title, severity, count, actors, outcomes: addedOutcomes(actors), calls, regions, accounts };
}

/** A caller by name, and what came of the calls if not all succeeded. */
function whoOf({ name, count, outcomes }: TalliedActor): Tallied & { readonly note?: string } {
  const kinds = Object.keys(outcomes);
  if (outcomes.succeeded === count) return { name, count };
  return {
    name,
    count,
    note: kinds.length === 1 ? outcomesInWords(outcomes).replace(/^\d+ /, "") : outcomesInWords(outcomes),
  };
}
