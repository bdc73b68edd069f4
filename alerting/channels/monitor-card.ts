import { SEVERITIES } from "../../detection/definition/detection";
import { HISTORY_LAGS } from "../../detection/definition/history-note";
import { sha256 } from "../../detection/events/event-id";
import { type JsonObject, textAt } from "../../detection/events/json";
import { isRegion, partitionOf } from "../../detection/events/partition";
import { cut, isoTime, oneLine, parseTime } from "../../detection/events/text";
import { accountLabel, type Labels, NO_LABELS, namedAccount, timeLabel } from "../notices/labels";
import type { Card } from "./card";
import { HEADLINE_LENGTH } from "./card-of";

const TEXT_LENGTH = 3_000;

/** What the cards of the urgent topic have in common: no account is filtered by, no incident, no notification. */
const NOTHING = { steps: [], links: [], resources: [] } as const;

/**
 * A CloudWatch alarm on the monitor itself, as its topic's subscribers get it. One that is in `ALARM` is of severity high; any other
 * state, such as that all is well again, low.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 *
 * @returns undefined where it is no alarm's message
 */
export function alarmCard(message: JsonObject, labels: Labels = NO_LABELS): Card | undefined {
  const name = textAt(message, "AlarmName");
  const state = textAt(message, "NewStateValue");
  if (name === undefined || state === undefined) return undefined;
  const arn = textAt(message, "AlarmArn");
  const [, , , region = "", account = ""] = (arn ?? "").split(":");
  const console = alarmLink(region, name);
  const time = timeOf(textAt(message, "StateChangeTime"));
  const id = textAt(message, "AWSAccountId") ?? account;
  const reason = textAt(message, "NewStateReason");
  const description = textAt(message, "AlarmDescription");
  return {
    ...NOTHING,
    notificationId: `alarm-${sha256(JSON.stringify([name, state, textAt(message, "StateChangeTime")])).slice(0, 32)}`,
    kind: "alarm",
    severity: state === "ALARM" ? "high" : "low",
    headline: oneLine(`${state}: ${name}`, HEADLINE_LENGTH),
    title: "CloudWatch alarm on the monitor",
    facts: facts(
      ["Alarm", name],
      ["State", state],
      ["When", time === undefined ? undefined : timeLabel(isoTime(time), labels)],
      ["Account", id === "" ? undefined : accountLabel(id, labels)],
      ["Region", region],
    ),
    paragraphs: [
      ...(description === undefined || state === "OK"
        ? []
        : [{ heading: "What it means", text: oneLine(description, TEXT_LENGTH) }]),
      ...(reason === undefined ? [] : [{ heading: "Reason", text: oneLine(reason, TEXT_LENGTH) }]),
    ],
    detections: [],
    account: namedAccount(id, labels),
    region,
    resources: arn === undefined ? [] : [arn],
    links: console === undefined ? [] : [{ text: "See the alarm in CloudWatch", url: console }],
    ...(time !== undefined && { time }),
  };
}

/**
 * EventBridge's short alert, as `constructs/rules/urgent-message.ts` words it: `CRITICAL DeleteTrail in account …`. Whatever of it can't
 * be read stays in its text.
 *
 * @param message one line, or several
 */
export function urgentCard(message: string, labels: Labels = NO_LABELS): Card {
  const lines = message.split("\n").map((line) => oneLine(line, TEXT_LENGTH));
  // Read wholly, shown in part: the last line says of which event it is.
  const whole = lines.filter((line) => line !== "").join("\n");
  const text = cut(whole, TEXT_LENGTH);
  const [first = "", second = ""] = text.split(/\.?\n|\. /);
  const severity = SEVERITIES.find((known) => first.startsWith(`${known.toUpperCase()} `)) ?? "critical";
  const [, name, account = "", region = "", at = "", from = ""] =
    /^\S+ (\S+) in account (\S+) (\S+) at (\S+) from (.+)$/.exec(first) ?? [];
  const [, event, detection] = /Event (\S+), detection (\S+)\.$/.exec(whole) ?? [];
  const [, url] = /^See it: (https:\/\/\S+)$/m.exec(whole) ?? [];
  const time = timeOf(at);
  // Of several lines, each that stands elsewhere in the card is not repeated.
  const left = name === undefined || !text.includes("\n") ? [text] : restOf(text);
  const named = namedAccount(account, labels);
  return {
    ...NOTHING,
    notificationId: `urgent-${sha256(whole).slice(0, 32)}`,
    kind: "urgent",
    severity,
    headline: oneLine(
      name === undefined ? withoutSeverity(first) : `${name} from ${from} in ${named.name ?? account}`,
      HEADLINE_LENGTH,
    ),
    title: name === undefined || second === "" ? SHORT_ALERT : oneLine(second.replace(/\.$/, ""), HEADLINE_LENGTH),
    facts: facts(
      ["What", name],
      ["From", from],
      ["When", time === undefined ? undefined : timeLabel(at, labels)],
      ["Account", account === "" ? undefined : accountLabel(account, labels)],
      ["Region", region],
      ["Event", event],
    ),
    paragraphs: paragraphsOf(left),
    steps: stepsOf(left),
    links: url === undefined ? [] : [{ text: "See the event in CloudTrail", url }],
    detections: detection === undefined ? [] : [detection],
    account: named,
    region,
    ...(time !== undefined && { time }),
  };
}

/** Absent where the partition has no public console, or the name can't stand in a link. */
function alarmLink(region: string, name: string): string | undefined {
  const { console } = partitionOf(region);
  if (console === undefined || !isRegion(region) || !/^[\w.-]{1,255}$/.test(name)) return undefined;
  return `https://${region}.${console}/cloudwatch/home?region=${region}#alarmsV2:alarm/${name}`;
}

const SHORT_ALERT = "Short alert from EventBridge; the details follow";

function withoutSeverity(text: string): string {
  return text.replace(/^(CRITICAL|HIGH|MEDIUM|LOW) /, "");
}

/** Lines after the first two, which headline, title and facts have, and but the link's and the event's. */
function restOf(text: string): readonly string[] {
  return text
    .split("\n")
    .slice(2)
    .filter((line) => !/^See it: https:|^Event \S+, detection \S+\.$/.test(line));
}

const STEP = /^\d+\. (.+)$/;
const WHY = "Why it matters: ";

function paragraphsOf(lines: readonly string[]): Card["paragraphs"] {
  const why = lines.filter((line) => line.startsWith(WHY)).map((line) => line.slice(WHY.length));
  const others = lines.filter((line) => !line.startsWith(WHY) && !STEP.test(line));
  return [
    ...why.map((text) => ({ heading: "Why it matters", text })),
    ...(others.length === 0 ? [] : [{ heading: "Alert", text: others.join("\n") }]),
  ];
}

/** A numbered line is a step; one that is a command belongs to the step before it. */
function stepsOf(lines: readonly string[]): Card["steps"] {
  const steps: { readonly text: string; readonly commands: readonly string[] }[] = [];
  for (const line of lines) {
    const [, text] = STEP.exec(line) ?? [];
    if (text === undefined) continue;
    const note = ` (${HISTORY_LAGS})`;
    const before = steps.at(-1);
    if (!text.startsWith("aws ") || before === undefined) steps.push({ text, commands: [] });
    else if (text.endsWith(note)) {
      steps.splice(-1, 1, { text: `${before.text}${note}`, commands: [text.slice(0, -note.length)] });
    } else steps.splice(-1, 1, { text: before.text, commands: [...before.commands, text] });
  }
  return steps;
}

function facts(...given: readonly (readonly [string, string | undefined])[]): Card["facts"] {
  return given.flatMap(([name, value]) => (value ? [{ name, value: oneLine(value, 300) }] : []));
}

/** CloudWatch writes the zone as `+0000`. */
function timeOf(text = ""): number | undefined {
  return parseTime(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
}
