import { afterStoppingCaller } from "../../detection/definition/after-stopping-caller";
import { historyNote } from "../../detection/definition/history-note";
import { isoTime } from "../../detection/events/text";
import type { Alert } from "./alert";
import { alertJson } from "./alert-json";
import { emailSubject, smsText } from "./headline";
import { accountLabel, type Labels, NO_LABELS, timeLabel, withAccountNames } from "./labels";
import type { Notice } from "./notice";
import { whoShort } from "./who";
import { wrap } from "./wrap";

/** Characters of a fact's name, with the space behind it. */
const NAME_LENGTH = 9;

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

/** The alert as it is read on a phone at night: what came of it, who and what first, then why, then what to do. */
export function emailText(alert: Alert, labels: Labels = NO_LABELS): string {
  const facts = factsOf(alert, labels).map(([name, lines]) =>
    lines.map((line, i) => wrap(line, (i === 0 ? name : "").padEnd(NAME_LENGTH), " ".repeat(NAME_LENGTH))).join("\n"),
  );
  return `${wrap(`${alert.severity.toUpperCase()}: ${alert.title}`)}

${facts.join("\n")}

Why it matters
${wrap(alert.why)}

${whatToDo(alert)}${alert.declare === undefined ? "" : `\n\n${wrap(alert.declare)}`}

${seeIt(alert)}
Detection ${alert.detection}, matched in ${alert.path === "event" ? "an event" : "a log file"}.
`;
}

/** Names and lines of an alert's facts, in the order in which a reader asks for them. */
function factsOf(alert: Alert, labels: Labels): readonly (readonly [name: string, lines: readonly string[]])[] {
  const {
    account,
    resourceAccounts = [],
    callersRecord,
    outcomeKind,
    errorCode,
    errorMessage,
    what,
    target,
    count,
    also = [],
    incident,
  } = alert;
  const failure = outcomeKind === "succeeded" ? [] : [errorMessage].flatMap((message) => message ?? []);
  const code = outcomeKind === "succeeded" || errorCode === undefined ? "" : `: ${errorCode}`;
  return [
    ["Outcome", [`${outcomeKind}${code}`, ...failure]],
    [
      "Who",
      [
        whoShort(alert.caller, account, labels),
        withAccountNames(alert.actor, labels),
        ...(callersRecord === undefined
          ? []
          : [
              `The record in account ${accountLabel(callersRecord.account, labels)} names the caller: sharedEventID ${callersRecord.sharedEventId}`,
            ]),
      ],
    ],
    ["MFA", [alert.mfa]],
    ["From", [alert.sourceIPAddress]],
    ["What", [`${alert.eventName} (${alert.eventSource})`, ...(what === "" ? [] : [what])]],
    ...(target.startsWith("arn:") ? [["On", target.split(", ")] as const] : []),
    ["When", [timeLabel(alert.eventTime, labels)]],
    [
      "Account",
      [
        accountLabel(account, labels),
        ...resourceAccounts.map((other) => `resource in account ${accountLabel(other, labels)}`),
      ],
    ],
    ["Region", [alert.region]],
    ["Key", [alert.accessKeyId]],
    ["Agent", [alert.userAgent]],
    ["Event", [alert.eventID]],
    ...(count === undefined ? [] : [["Count", [countLine(count, labels)]] as const]),
    ...(incident === undefined ? [] : [["Incident", incidentLines(incident, labels)] as const]),
    ...(also.length === 0 ? [] : [["Also", also.map(alsoInWords)] as const]),
  ];
}

function incidentLines(incident: NonNullable<Alert["incident"]>, labels: Labels): readonly string[] {
  const { id, number, role, startedAt, severityBefore, nowSucceeded } = incident;
  const since = `since ${timeLabel(isoTime(startedAt), labels)}`;
  switch (role) {
    case "opens":
      return [`${id}, first alert`];
    case "rises":
      return nowSucceeded
        ? [`${id}, alert ${number}: now succeeded. No call as severe succeeded before it in this incident`, since]
        : [`${id}, alert ${number}: more severe than before (${severityBefore ?? "unknown"})`, since];
    case "update":
      return [`${id}, update ${number}`, since];
  }
}

/** Steps; what is there to be copied has lines of its own. */
function whatToDo({ runbook, containment }: Alert): string {
  const { check, command, contain, undo } = runbook;
  const indented = (lines: readonly string[] = []) => lines.map((line) => `   ${line}`);
  const stop = indented(containment?.commands);
  const rest = containment && afterStoppingCaller(contain);
  const note = historyNote(command).replace(/[()]/g, "");
  return [
    "What to do",
    wrap(check, "1. ", "   "),
    wrap(`Look at it.${note}`, "2. ", "   "),
    ...indented([command]),
    ...(containment && rest !== undefined
      ? [
          wrap(`If it was not intended, stop the caller: ${containment.text}`, "3. ", "   "),
          ...stop,
          ...(rest === "" ? [] : [wrap(rest, "4. ", "   ")]),
        ]
      : [step(`If it was not intended: ${contain}`, "3. ")]),
    ...indented(undo),
    ...(containment && rest === undefined
      ? [wrap(`To stop the caller: ${containment.text}`, "4. ", "   "), ...stop]
      : []),
  ].join("\n");
}

/** A command at the end of a step has a line of its own. */
function step(text: string, number: string): string {
  const [, sentence, command] = /^(.+?:) (aws (?:(?!\. ).)+)$/.exec(text) ?? [];
  return sentence === undefined
    ? wrap(text, number, "   ")
    : `${wrap(sentence, number, "   ")}\n   ${command?.replace(/\.$/, "")}`;
}

/** The sentence, and the link or command in it on a line of its own. */
function seeIt({ seeIt: sentence }: Alert): string {
  const [, text, rest] = /^(.*?): (https:\/\/.*|aws .*)$/.exec(sentence) ?? [];
  return text === undefined ? wrap(sentence) : `${wrap(`${text}:`)}\n${rest}`;
}

function countLine({ threshold, windowStart, windowEnd }: NonNullable<Alert["count"]>, labels: Labels): string {
  return `${threshold} or more between ${timeLabel(windowStart, labels)} and ${timeLabel(windowEnd, labels)}; this is one of them`;
}

/** One that counts is named whether or not so many have come together. */
function alsoInWords({ id, severity, count }: NonNullable<Alert["also"]>[number]): string {
  return `${id} (${severity}${count ? `, from ${count.threshold} events on` : ""})`;
}
