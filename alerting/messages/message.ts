import { parseRecord } from "../../detection/events/cloudtrail-record";
import type { EventEnvelope } from "../../detection/events/envelope";
import { isObject, type JsonObject, kindOf, objectAt, parseJson, textAt } from "../../detection/events/json";

/** CloudTrail's notice that it has written log files, as its topic carries it. */
export interface Delivery {
  readonly kind: "delivery";
  readonly bucket: string;
  /** Keys of log files, digests and whatever else the notice names, still unchecked. */
  readonly keys: readonly unknown[];
}

/** An event that an EventBridge rule picked. */
export interface ManagementEvent {
  readonly kind: "event";
  readonly event: EventEnvelope;
}

/** An event from EventBridge whose detail can't be processed. */
export interface UnprocessableEvent {
  readonly kind: "unprocessable";
  readonly reason: string;
  readonly eventId: string | undefined;
}

/** Neither: acknowledged and counted, because trying again would not change it. */
export interface Unrecognised {
  readonly kind: "unrecognized";
  readonly reason: string;
}

/** What EventBridge Scheduler asks for, see `constructs/messaging/schedules.ts`. */
export interface Task {
  readonly kind: "task";
  readonly task: (typeof TASKS)[number];
}

const TASKS = ["close-windows", "send-digest"] as const;

export type Content = Delivery | ManagementEvent | UnprocessableEvent | Task | Unrecognised;

/** Where a message lay. */
export interface Origin {
  /** ARN of the queue. */
  readonly queueArn: string;
  readonly body: string;
  /** How often it has been received, this time included. */
  readonly receives: number;
}

/** One message of an invocation. */
export interface Message {
  /** The id to name in a partial batch response; absent where the invoker takes none (SNS, direct). */
  readonly id: string | undefined;
  readonly content: Content;
  /** Of a message from SQS. */
  readonly origin?: Origin;
}

/**
 * Takes an invocation's event apart: a batch from SQS (whose bodies may be SNS's envelopes), a notification straight
 * from SNS, or an EventBridge event.
 */
export function readMessages(event: unknown): readonly Message[] {
  if (isObject(event) && Array.isArray(event.Records)) return event.Records.map(readMessage);
  return [{ id: undefined, content: readContent(event) }];
}

function readMessage(record: unknown): Message {
  if (isObject(record)) {
    if (typeof record.body === "string") {
      const origin = {
        queueArn: textAt(record, "eventSourceARN") ?? "",
        body: record.body,
        receives: receivesOf(record),
      };
      return { id: textAt(record, "messageId"), content: readText(record.body), origin };
    }
    if (isObject(record.Sns) && typeof record.Sns.Message === "string") {
      return { id: undefined, content: readText(record.Sns.Message) };
    }
  }
  return { id: undefined, content: { kind: "unrecognized", reason: "neither a message of SQS nor of SNS" } };
}

/** A count that can't be read is the first: a message is never given up for want of one. */
function receivesOf(record: JsonObject): number {
  const count = textAt(objectAt(record, "attributes"), "ApproximateReceiveCount") ?? "";
  return /^[1-9]\d{0,8}$/.test(count) ? Number(count) : 1;
}

function readText(text: string): Content {
  const parsed = parseJson(text);
  if ("problem" in parsed) return { kind: "unrecognized", reason: `the message is not JSON: ${parsed.problem}` };
  const { value } = parsed;
  if (isObject(value) && value.Type === "Notification" && typeof value.Message === "string") {
    return readText(value.Message);
  }
  return readContent(value);
}

function readContent(value: unknown): Content {
  if (!isObject(value)) return { kind: "unrecognized", reason: `the message is ${kindOf(value)}, not an object` };
  const bucket = textAt(value, "s3Bucket");
  if (bucket !== undefined && Array.isArray(value.s3ObjectKey)) {
    return { kind: "delivery", bucket, keys: value.s3ObjectKey };
  }
  if (textAt(value, "detail-type") !== undefined && textAt(value, "source") !== undefined) {
    try {
      const detail = parseRecord(value.detail);
      const text = (field: string) => textAt(value, field) ?? "";
      const event: EventEnvelope = {
        ...value,
        "detail-type": text("detail-type"),
        source: text("source"),
        account: text("account"),
        region: text("region"),
        time: text("time"),
        detail,
      };
      return { kind: "event", event };
    } catch (error) {
      return { kind: "unprocessable", reason: (error as Error).message, eventId: textAt(value, "id") };
    }
  }
  const task = TASKS.find((known) => known === value.trailwarden);
  if (task) return { kind: "task", task };
  return { kind: "unrecognized", reason: "neither CloudTrail's notification nor an event from EventBridge" };
}
