import { ascii, counted, cut, isoTime } from "../../detection/events/text";
import { type Incident, type IncidentStep, MOST_MORE } from "../incidents/incident";
import { NOTIFICATION_VERSION, type TimelineNotification } from "../notification/notification";
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

const MINUTE_MS = 60_000;
/** Calls that an SMS names. */
const CALLS = 3;
/** Accounts that the email names before its list. */
const ACCOUNTS = 5;
/** Characters of an account's name in a subject. */
const ACCOUNT_LENGTH = 24;

/**
 * Closes an incident of more than one alert: what happened, when, from where, and what came of it.
 *
 * @param reported how many of its alerts an earlier timeline has covered
 * @param functionAccount where no alert says whose record it is
 * @param region of the function
 */
export function timelineNotice(
  incident: Incident,
  reported: number,
  functionAccount: string,
  region: string,
  labels: Labels = NO_LABELS,
): Notice {
  const { id, severity, steps, more } = incident;
  const actor = actorOf(steps);
  const alerts = `${counted(steps.length + more, "alert")}${durationOf(steps)}`;
  const kind = reported > 0 ? "Updated incident timeline" : "Incident timeline";
  const accounts = [...new Set(steps.map((step) => step.account).filter((id) => id !== "unknown"))];
  const [account = functionAccount] = accounts;
  const where = accounts.length > 1 ? counted(accounts.length, "account") : shortAccount(account, labels);
  const regions = [...new Set(steps.map((step) => step.region))];
  return {
    subject: subjectOf(`[${severity.toUpperCase()}] ${kind}: ${alerts} by `, shortActor(actor), ` in ${where}`),
    email: `${severity.toUpperCase()}: ${kind}: ${alerts} by ${shortActor(actor)} in ${where}

${introduction(reported, steps.length + more)}

Incident ${id}
Who      ${withAccountNames(actor, labels)}
Account  ${(accounts.length > 1 ? accounts : [account])
      .slice(0, ACCOUNTS)
      .map((id) => accountLabel(id, labels))
      .join(", ")}${accounts.length > ACCOUNTS ? ` and ${counted(accounts.length - ACCOUNTS, "other")}` : ""}
${acknowledgedLine(incident, labels)}
${steps.map((step, index) => line(step, index + 1, labels)).join("\n")}
${moreLine(more)}
What to do
1. Check every call in the list. The alert of each has the commands that undo it.
2. If you don't know who made the calls, stop the caller first: the first alert says how.
The log archive has every event.
`,
    sms: smsOf(
      `${severity.toUpperCase()} ${alerts}`,
      `by ${shortActor(actor)}: ${callsOf(steps)}. Timeline in the email.`,
      `${ascii(where).slice(0, ACCOUNT_LENGTH)} ${placeOf(regions)}${clockOf(timeOf(steps.at(-1)))}`,
    ),
    json: jsonOf(incident, actor, account, region, labels),
    attributes: { kind: "timeline", severity, detection: "timeline", account, region: placeOf(regions) },
  };
}

/** As it was when the last alert came: one principal may have several sessions. */
function actorOf(steps: readonly IncidentStep[]): string {
  return steps.at(-1)?.actor ?? "unknown";
}

/** The actor gets the room that is left. */
function subjectOf(beginning: string, actor: string, end: string): string {
  const last = ascii(end).slice(0, ACCOUNT_LENGTH + " in ".length);
  const room = SUBJECT_LENGTH - ascii(beginning).length - last.length;
  const name = ascii(actor);
  return `${ascii(beginning)}${name.length > room ? `${name.slice(0, room - 3)}...` : name}${last}`;
}

/** From the first event to the last; nothing where a time is unknown. */
function durationOf(steps: readonly IncidentStep[]): string {
  const [first, last] = [steps[0]?.time ?? 0, steps.at(-1)?.time ?? 0];
  return first > 0 && last > 0 ? ` in ${Math.max(1, Math.ceil((last - first) / MINUTE_MS))} min` : "";
}

function introduction(reported: number, count: number): string {
  if (reported > 0) {
    return `An earlier timeline covered ${counted(reported, "alert")} of this incident. ${count - reported} more came after it; the list has all of them.`;
  }
  return "These alerts have the same caller and belong to one incident. They were sent one by one; this is what happened, in order.";
}

function acknowledgedLine({ acknowledged }: Incident, labels: Labels): string {
  if (!acknowledged) return "";
  const { by, at, through } = acknowledged;
  return `Acknowledged by ${cut(by, 100)}, ${timeLabel(isoTime(at), labels)}, through ${through}\n`;
}

function line(step: IncidentStep, number: number, labels: Labels): string {
  const { eventName, outcome, what, sourceIPAddress, region, account, severity, title, detection } = step;
  const time = step.time > 0 ? timeLabel(isoTime(step.time), labels) : "Time unknown";
  return `${number}. ${time}: ${eventName} ${outcome}: ${what}. From ${sourceIPAddress}, in ${shortAccount(account, labels)} ${region}. ${severity.toUpperCase()} ${title} (${detection})`;
}

function moreLine(more: number): string {
  if (more === 0) return "";
  const least = more >= MOST_MORE ? "At least " : "";
  return `${least}${more} more are not in this list: an incident keeps its first 100 alerts.\n`;
}

function callsOf(steps: readonly IncidentStep[]): string {
  const calls = [...new Set(steps.map(({ eventName }) => eventName))];
  const others = calls.length - CALLS;
  return `${calls.slice(0, CALLS).join(", ")}${others > 0 ? ` +${others}` : ""}`;
}

function placeOf(regions: readonly string[]): string {
  return regions.length === 1 ? String(regions[0]) : "several";
}

function timeOf(step: IncidentStep | undefined): string {
  return step && step.time > 0 ? isoTime(step.time) : "unknown";
}

function jsonOf(
  { id, severity, startedAt, steps, more, acknowledged }: Incident,
  actor: string,
  account: string,
  region: string,
  labels: Labels,
): TimelineNotification {
  return {
    version: NOTIFICATION_VERSION,
    kind: "timeline",
    id: `${id}/${steps.length + more}`,
    severity,
    account: namedAccount(account, labels),
    region,
    incident: { id, startedAt: isoTime(startedAt), endedAt: isoTime(steps.at(-1)?.time ?? startedAt) },
    actor,
    steps: steps.map((step) => ({
      time: timeOf(step),
      eventName: step.eventName,
      outcome: step.outcome,
      what: step.what,
      sourceIPAddress: step.sourceIPAddress,
      account: namedAccount(step.account, labels),
      region: step.region,
      detection: namedDetection({ id: step.detection, title: step.title, severity: step.severity }),
      eventId: step.eventId,
    })),
    more,
    ...(acknowledged && { acknowledged: { ...acknowledged, at: isoTime(acknowledged.at) } }),
  };
}
