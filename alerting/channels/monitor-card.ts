import type { Severity } from "../../detection/definition/detection";
import { sha256 } from "../../detection/events/event-id";
import { type JsonObject, textAt } from "../../detection/events/json";
import { cut, isoTime, oneLine, parseTime } from "../../detection/events/text";
import { type Labels, NO_LABELS, timeLabel } from "../notices/labels";
import type { Card } from "./card";
import { HEADLINE_LENGTH } from "./card-of";

const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];
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
  const [, , , region = "", account = ""] = (textAt(message, "AlarmArn") ?? "").split(":");
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
      ["Account", id],
      ["Region", region],
    ),
    paragraphs: [
      ...(description === undefined ? [] : [{ heading: "What it means", text: oneLine(description, TEXT_LENGTH) }]),
      ...(reason === undefined ? [] : [{ heading: "Reason", text: oneLine(reason, TEXT_LENGTH) }]),
    ],
    detections: [],
    account: { id },
    region,
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
  const [first = ""] = text.split(/\.?\n|\. /);
  const severity = SEVERITIES.find((known) => first.startsWith(`${known.toUpperCase()} `)) ?? "critical";
  const [, name, account = "", region = "", at = "", from = ""] =
    /^\S+ (\S+) in account (\S+) (\S+) at (\S+) from (.+)$/.exec(first) ?? [];
  const [, event, detection] = /Event (\S+), detection (\S+)\.$/.exec(whole) ?? [];
  const [, url] = /^See it: (https:\/\/\S+)$/m.exec(whole) ?? [];
  const time = timeOf(at);
  return {
    ...NOTHING,
    notificationId: `urgent-${sha256(whole).slice(0, 32)}`,
    kind: "urgent",
    severity,
    headline: oneLine(first, HEADLINE_LENGTH),
    title: "Short alert from EventBridge; the details follow",
    facts: facts(
      ["What", name],
      ["From", from],
      ["When", time === undefined ? undefined : timeLabel(at, labels)],
      ["Account", account],
      ["Region", region],
      ["Event", event],
    ),
    paragraphs: [{ heading: "Alert", text }],
    links: url === undefined ? [] : [{ text: "See the event in CloudTrail", url }],
    detections: detection === undefined ? [] : [detection],
    account: { id: account },
    region,
    ...(time !== undefined && { time }),
  };
}

function facts(...given: readonly (readonly [string, string | undefined])[]): Card["facts"] {
  return given.flatMap(([name, value]) => (value ? [{ name, value: oneLine(value, 300) }] : []));
}

/** CloudWatch writes the zone as `+0000`. */
function timeOf(text = ""): number | undefined {
  return parseTime(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
}
