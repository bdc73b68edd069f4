import type { Alert } from "./alert";
import { historyNote } from "./history-note";
import { type Notice, SUBJECT_LENGTH } from "./notice";
import { smsText } from "./sms";
import { ascii } from "./text";

/** An alert in every channel's words. */
export function alertNotice(alert: Alert): Notice {
  const { severity, detection, account, region } = alert;
  return {
    subject: emailSubject(alert),
    email: emailText(alert),
    sms: smsText(alert),
    json: alert,
    attributes: { severity, detection, account, region },
  };
}

export function emailSubject({ severity, title, eventName, account, region }: Alert): string {
  return ascii(`[${severity.toUpperCase()}] ${title}: ${eventName} in ${account} ${region}`).slice(0, SUBJECT_LENGTH);
}

/** The alert for somebody who reads it on a phone at night: what and who first, then what to do. */
export function emailText(alert: Alert): string {
  return `${alert.severity.toUpperCase()}: ${alert.title}

What     ${alert.eventName} (${alert.eventSource}) ${alert.outcome}
On       ${alert.target}
Who      ${alert.actor}
Key      ${alert.accessKeyId}
From     ${alert.sourceIPAddress}
Agent    ${alert.userAgent}
Account  ${alert.account}
Region   ${alert.region}
When     ${alert.eventTime} (UTC)
Event    ${alert.eventID}${alert.count ? `\n${countLine(alert.count)}` : ""}

Why it matters
${alert.why}

${whatToDo(alert)}${alert.declare === undefined ? "" : `\n\n${alert.declare}`}

${alert.seeIt}
Detection ${alert.detection}, seen in ${alert.path === "event" ? "an event" : "a log file"}.
`;
}

/** Steps; what is there to be copied has lines of its own. */
function whatToDo({ runbook, containment }: Alert): string {
  const { check, command, contain, undo } = runbook;
  return [
    "What to do",
    `1. ${check}`,
    `2. ${command}`,
    ...(historyNote(command) === "" ? [] : [`  ${historyNote(command)}`]),
    `3. If it was not meant: ${contain}`,
    ...undo.map((line) => `   ${line}`),
    ...(containment ? [`4. To stop the caller: ${containment.text}`] : []),
    ...(containment?.commands ?? []).map((line) => `   ${line}`),
  ].join("\n");
}

function countLine({ threshold, windowStart, windowEnd }: NonNullable<Alert["count"]>): string {
  return `Count    ${threshold} or more between ${windowStart} and ${windowEnd}; this is one of them`;
}
