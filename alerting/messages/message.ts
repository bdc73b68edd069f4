import { ACCOUNT_ID } from "../../detection/events/account-id";
import { parseRecord } from "../../detection/events/cloudtrail-record";
import type { EventEnvelope } from "../../detection/events/envelope";
import { isObject, type JsonObject, kindOf, objectAt, parseJson, textAt } from "../../detection/events/json";
import { oneLine } from "../../detection/events/text";

/**
 * Objects that were written, by CloudTrail's notice of log files or by S3's of any object. None, where the deliveries topic
 * carries something else: S3's test event, and the notices of AWS Config on a topic that Control Tower made.
 */
export interface Delivery {
  readonly kind: "delivery";
  /** Log files, digests and whatever else is named, still unchecked. */
  readonly objects: readonly WrittenObject[];
}

export interface WrittenObject {
  readonly bucket: string;
  /** Anything but a text where the notice names no object that was written. */
  readonly key: unknown;
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
    return { kind: "delivery", objects: value.s3ObjectKey.map((key) => ({ bucket, key })) };
  }
  const objects = objectsOf(value);
  if (objects) return { kind: "delivery", objects };
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
      checkAccount(event);
      return { kind: "event", event };
    } catch (error) {
      return { kind: "unprocessable", reason: (error as Error).message, eventId: textAt(value, "id") };
    }
  }
  const task = TASKS.find((known) => known === value.trailwarden);
  if (task) return { kind: "task", task };
  return { kind: "unrecognized", reason: "neither CloudTrail's notification nor an event from EventBridge" };
}

/**
 * Whose event it is, EventBridge says in the envelope; the record is what the sender's rule made of it. One of another account would
 * alert in that account's name, and its true record would be a duplicate.
 *
 * @throws Error when the two differ
 */
function checkAccount({ account, detail }: EventEnvelope): void {
  const recipient = textAt(detail, "recipientAccountId");
  if (recipient === undefined || recipient === account || !ACCOUNT_ID.test(account)) return;
  throw new Error(
    `the record is of account ${JSON.stringify(oneLine(recipient, 40))}, but the event came from account ${account}: look at the rules of ${account}; if the call was made, the log file raises the alert`,
  );
}

/** What S3 says of its objects, and AWS Config of its own affairs; undefined for anything else. */
function objectsOf(value: JsonObject): readonly WrittenObject[] | undefined {
  if (Array.isArray(value.Records) && value.Records.some(isOfS3)) return value.Records.map(notifiedObject);
  if (value.source === "aws.s3" && value["detail-type"] === "Object Created") {
    const detail = objectAt(value, "detail");
    return [{ bucket: bucketIn(detail), key: textAt(objectAt(detail, "object"), "key") }];
  }
  const isTest = value.Service === "Amazon S3" && value.Event === "s3:TestEvent";
  const isOfConfig =
    textAt(value, "messageType") !== undefined && textAt(value, "notificationCreationTime") !== undefined;
  return isTest || isOfConfig ? [] : undefined;
}

function isOfS3(record: unknown): record is JsonObject {
  return isObject(record) && record.eventSource === "aws:s3";
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
function notifiedObject(record: unknown): WrittenObject {
  if (!isOfS3(record)) return { bucket: "", key: undefined };
  const s3 = objectAt(record, "s3");
  const isWritten = /^(s3:)?ObjectCreated:/.test(textAt(record, "eventName") ?? "");
  const key = isWritten ? textAt(objectAt(s3, "object"), "key") : undefined;
  return { bucket: bucketIn(s3), key: key === undefined ? undefined : decodedKey(key) };
}

function bucketIn(value: JsonObject): string {
  return textAt(objectAt(value, "bucket"), "name") ?? "";
}

/** S3 encodes keys as forms are encoded; one that can't be decoded is taken as it is. */
function decodedKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    return key;
  }
}
