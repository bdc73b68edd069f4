import { isObject, type JsonObject, kindOf, objectAt, parseJson, textAt } from "../../detection/events/json";
import { oneLine } from "../../detection/events/text";
import type { Card } from "../channels/card";
import { cardOf } from "../channels/card-of";
import { alarmCard, urgentCard } from "../channels/monitor-card";
import type { Origin } from "../messages/message";
import type { Labels } from "../notices/labels";
import { parseNotification } from "./parse-notification";

/** What the schedule asks for every five minutes. */
export interface PollChannels {
  readonly kind: "poll-channels";
}

/** A person takes an incident on, by a custom action of Amazon Q Developer or `aws lambda invoke`. */
export interface AcknowledgeCommand {
  readonly kind: "acknowledge";
  readonly incident: string;
  readonly by: string;
}

/** Can't be read, and would not the next time: it goes to the dead letters. */
export interface Unreadable {
  readonly kind: "unreadable";
  readonly reason: string;
}

export type DeliveryContent =
  | { readonly kind: "card"; readonly card: Card }
  | PollChannels
  | AcknowledgeCommand
  | Unreadable;

/** One message of an invocation of the notifier. */
export interface DeliveryMessage {
  readonly content: DeliveryContent;
  /** Of a message from SQS; absent of a direct invocation. */
  readonly queued?: {
    /** The id to name in a partial batch response. A message that is moved back from the dead letters has a new one. */
    readonly id: string;
    readonly receiptHandle: string;
    /** When it was put into the queue, in milliseconds since 1970. */
    readonly sentAt: number;
    readonly origin: Origin;
  };
}

const INCIDENT = /^[\w./:#~-]{1,200}$/;
const NAME_LENGTH = 200;

/** Takes an invocation's event apart: a batch from SQS, or a direct invocation. */
export function readDeliveries(event: unknown, labels: Labels, now: number): readonly DeliveryMessage[] {
  if (isObject(event) && Array.isArray(event.Records)) {
    return event.Records.map((record) => readRecord(isObject(record) ? record : {}, labels, now));
  }
  return [{ content: contentOf(event, labels) }];
}

function readRecord(record: JsonObject, labels: Labels, now: number): DeliveryMessage {
  const body = typeof record.body === "string" ? record.body : "";
  const attributes = objectAt(record, "attributes");
  const receives = wholeNumber(textAt(attributes, "ApproximateReceiveCount")) ?? 1;
  return {
    content: readText(body, labels),
    queued: {
      id: textAt(record, "messageId") ?? "",
      receiptHandle: textAt(record, "receiptHandle") ?? "",
      sentAt: wholeNumber(textAt(attributes, "SentTimestamp")) ?? now,
      origin: { queueArn: textAt(record, "eventSourceARN") ?? "", body, receives },
    },
  };
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

function readText(body: string, labels: Labels): DeliveryContent {
  const parsed = parseJson(body);
  const lines = "problem" in parsed ? quotedLines(body) : undefined;
  if (lines !== undefined) return contentOf(lines, labels);
  if ("problem" in parsed) return unreadable(`the message is not JSON: ${parsed.problem}`);
  return contentOf(parsed.value, labels);
}

/** EventBridge's short alert, where it has several lines, is a quoted text a line. */
function quotedLines(body: string): string | undefined {
  const lines: string[] = [];
  for (const line of body.trim().split("\n")) {
    const parsed = parseJson(line);
    if ("problem" in parsed || typeof parsed.value !== "string") return undefined;
    lines.push(parsed.value);
  }
  return lines.join("\n");
}

/** One message that no card can be made from costs no other its own. */
function contentOf(value: unknown, labels: Labels): DeliveryContent {
  try {
    return contentIn(value, labels);
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

function contentIn(value: unknown, labels: Labels): DeliveryContent {
  // EventBridge's short alert.
  if (typeof value === "string") {
    return value.trim() === "" ? unreadable("the message is empty") : { kind: "card", card: urgentCard(value, labels) };
  }
  if (!isObject(value)) return unreadable(`the message is ${kindOf(value)}, not an object`);
  if (value.trailwarden !== undefined) return commandOf(value);
  const alarm = alarmCard(value, labels);
  if (alarm) return { kind: "card", card: alarm };
  return { kind: "card", card: cardOf(parseNotification(value), labels) };
}

function commandOf({ trailwarden, incident, by }: JsonObject): DeliveryContent {
  if (trailwarden === "poll-channels") return { kind: "poll-channels" };
  if (trailwarden !== "acknowledge") {
    return unreadable(`trailwarden is ${JSON.stringify(trailwarden)}: it must be poll-channels or acknowledge`);
  }
  if (typeof incident !== "string" || !INCIDENT.test(incident)) {
    const given = typeof incident === "string" ? JSON.stringify(incident.slice(0, 100)) : kindOf(incident);
    return unreadable(`incident is ${given}: it must be an incident's id, as alerts have it`);
  }
  const name = typeof by === "string" ? oneLine(by, NAME_LENGTH) : "";
  if (name === "") return unreadable(`by is ${kindOf(by)}: it must be the name of who acknowledges`);
  return { kind: "acknowledge", incident, by: name };
}

function unreadable(reason: string): Unreadable {
  return { kind: "unreadable", reason: oneLine(reason, 500) };
}
