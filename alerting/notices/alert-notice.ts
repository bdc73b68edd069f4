import { afterStoppingCaller } from "../../detection/definition/after-stopping-caller";
import { historyNote } from "../../detection/definition/history-note";
import { ascii } from "../../detection/events/text";
import type { Alert } from "./alert";
import { alertJson } from "./alert-json";
import { accountLabel, type Labels, NO_LABELS, shortAccount, timeLabel, withAccountNames } from "./labels";
import { type Notice, SUBJECT_LENGTH } from "./notice";
import { smsText } from "./sms";

/** Characters of what stands at the end of a subject: AWS's longest names are a little shorter. */
const CALL_LENGTH = 40;
const ACCOUNT_LENGTH = 20;
const REGION_LENGTH = 16;

/** An alert in the form of each channel. */
export function alertNotice(alert: Alert, labels: Labels = NO_LABELS): Notice {
  const { severity, detection, account, region } = alert;
  const json = alertJson(alert, labels);
  const kind = json.incident?.role === "update" ? "update" : "alert";
  return {
    subject: emailSubject(alert, labels),
    email: emailText(alert, labels),
    sms: smsText(alert, labels),
    json,
    attributes: { kind, severity, detection, account, region },
  };
}

/** What was called, what came of it, and where stand in any subject; the title gets the room that is left. */
export function emailSubject(
  { severity, title, eventName, outcomeKind, account, region }: Alert,
  labels: Labels = NO_LABELS,
): string {
  const call = `${ascii(eventName).slice(0, CALL_LENGTH)} ${outcomeKind}`;
  const end = `: ${call} in ${ascii(shortAccount(account, labels)).slice(0, ACCOUNT_LENGTH)} ${ascii(region).slice(0, REGION_LENGTH)}`;
  const beginning = ascii(`[${severity.toUpperCase()}] ${title}`);
  const room = SUBJECT_LENGTH - end.length;
  return `${beginning.length > room ? `${beginning.slice(0, room - 3).trimEnd()}...` : beginning}${end}`;
}

/** The alert as it is read on a phone at night: what and who first, then what to do. */
export function emailText(alert: Alert, labels: Labels = NO_LABELS): string {
  return `${alert.severity.toUpperCase()}: ${alert.title}

What     ${alert.eventName} (${alert.eventSource}) ${outcomeInWords(alert)}
On       ${alert.target}
Who      ${withAccountNames(alert.actor, labels)}
Key      ${alert.accessKeyId}
From     ${alert.sourceIPAddress}
Agent    ${alert.userAgent}
Account  ${accountLabel(alert.account, labels)}
Region   ${alert.region}
When     ${timeLabel(alert.eventTime, labels)}
Event    ${alert.eventID}${alert.count ? `\n${countLine(alert.count, labels)}` : ""}

Why it matters
${alert.why}

${whatToDo(alert)}${alert.declare === undefined ? "" : `\n\n${alert.declare}`}

${alert.seeIt}
Detection ${alert.detection}, matched in ${alert.path === "event" ? "an event" : "a log file"}.
`;
}

/** The outcome's one word, and what the record says of it. */
export function outcomeInWords({ outcome, outcomeKind }: Pick<Alert, "outcome" | "outcomeKind">): string {
  return outcome.replace(/^failed/, outcomeKind);
}

/** Steps; what is there to be copied has lines of its own. */
function whatToDo({ runbook, containment }: Alert): string {
  const { check, command, contain, undo } = runbook;
  const indented = (lines: readonly string[] = []) => lines.map((line) => `   ${line}`);
  const stop = indented(containment?.commands);
  const rest = containment && afterStoppingCaller(contain);
  return [
    "What to do",
    `1. ${check}`,
    `2. ${command}`,
    ...(historyNote(command) === "" ? [] : [`  ${historyNote(command)}`]),
    ...(containment && rest !== undefined
      ? [
          `3. If it was not intended, stop the caller: ${containment.text}`,
          ...stop,
          ...(rest === "" ? [] : [`4. ${rest}`]),
        ]
      : [`3. If it was not intended: ${contain}`]),
    ...indented(undo),
    ...(containment && rest === undefined ? [`4. To stop the caller: ${containment.text}`, ...stop] : []),
  ].join("\n");
}

function countLine({ threshold, windowStart, windowEnd }: NonNullable<Alert["count"]>, labels: Labels): string {
  return `Count    ${threshold} or more between ${timeLabel(windowStart, labels)} and ${timeLabel(windowEnd, labels)}; this is one of them`;
}
