import { gunzipSync } from "node:zlib";
import { RecordProblem } from "../../detection/events/cloudtrail-record";
import { isObject, type JsonObject, parseJson, textAt } from "../../detection/events/json";
import { NotACall, otherContent } from "./other-content";

/** Keys under which answers of the AWS CLI hold a list of what may be records, or envelopes of them. */
const LISTS = [
  "Records",
  "records",
  "Events",
  "events",
  "logEvents",
  "Messages",
  "results",
  "QueryResultRows",
] as const;
/** How such an answer begins, where the list comes first. */
const BEGINNING = /^\s*\{\s*"(?:Events|events|logEvents|Messages|results)"(?=\s*:\s*\[)/;
const LOG_FILE = '{"Records"';
/** Keys under which an envelope holds a record, or another envelope, as text or as it is. */
const CONTENTS = [
  "CloudTrailEvent",
  "message",
  "@message",
  "eventJson",
  "Body",
  "body",
  "Message",
  "Sns",
  "awslogs",
  "kinesis",
  "data",
  "Data",
] as const;
/** How sources begin in what functions get of other services, which has an `eventSource` and often an `eventName` too. */
export const FOR_FUNCTIONS = "aws:";
/** How gzip begins in base64, as a function or a stream gets it from CloudWatch Logs. */
const GZIP_IN_BASE64 = /^H4sI/;
/** How an object of JSON begins in base64, as a stream hands over what EventBridge put there. */
const JSON_IN_BASE64 = /^(ey[AIJ]|ew[0o])/;
/** Bytes of what one such text decompresses to: far more than CloudWatch Logs puts together. */
const LIMIT = { maxOutputLength: 64 * 1024 ** 2, info: true };
/** Envelopes in each other: an event that a queue got from a topic lies three deep. */
const DEEPEST = 8;

/**
 * Makes an answer of the AWS CLI (`lookup-events`, `filter-log-events`, …) begin as a log file does, so that what it lists is
 * read one by one, however much it is. Anything else stays as it is.
 *
 * @param first the first bytes of a file, decompressed
 */
export function beginAsLogFile(first: Uint8Array): Uint8Array {
  const [beginning] = BEGINNING.exec(Buffer.from(first.subarray(0, 200)).toString("latin1")) ?? [];
  return beginning === undefined ? first : Buffer.concat([Buffer.from(LOG_FILE), first.subarray(beginning.length)]);
}

/**
 * The records in what was read as one: a record itself; an envelope around one, as EventBridge, CloudWatch Logs, SNS, SQS
 * and `lookup-events` make them; or a list of those.
 *
 * Sources: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html,
 * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 *
 * @returns a RecordProblem in the place of what is no JSON, or is known to be no API call
 */
export function recordsIn(value: unknown): readonly unknown[] {
  // What the scanner could not read, and says why.
  if (value instanceof Error) return [value];
  return isCall(value) ? [value] : unwrapped(value, 0);
}

function isCall(value: unknown): boolean {
  return (
    isObject(value) &&
    !isForFunction(value) &&
    textAt(value, "eventSource") !== undefined &&
    textAt(value, "eventName") !== undefined &&
    otherContent(value) === undefined
  );
}

/** Whether it is what a function gets of a queue, stream or bucket: `aws:kinesis` is no service that is called. */
function isForFunction(value: JsonObject): boolean {
  return textAt(value, "eventSource")?.startsWith(FOR_FUNCTIONS) === true;
}

function unwrapped(value: unknown, depth: number): readonly unknown[] {
  if (depth > DEEPEST) return [new RecordProblem(`more than ${DEEPEST} envelopes lie in each other`)];
  if (typeof value === "string") return /^\s*[{["]/.test(value) ? inText(value, "a text", depth) : [value];
  if (Array.isArray(value)) return inRow(value, depth);
  if (!isObject(value) || isCall(value)) return [value];
  const known = otherContent(value);
  if (known) return [known];
  if ("detail-type" in value && "detail" in value) return inEvent(value, depth);
  // CloudWatch Logs asks with it whether a destination takes anything.
  if (value.messageType === "CONTROL_MESSAGE") return [];
  const list = LISTS.map((key) => value[key]).find(Array.isArray);
  if (list) return list.flatMap((item) => unwrapped(item, depth + 1));
  const key = CONTENTS.find((name) => typeof value[name] === "string" || isObject(value[name]));
  if (key === undefined && isForFunction(value)) {
    const source = JSON.stringify(value.eventSource);
    return [new NotACall(`what functions get from ${source} is none of CloudTrail's records: replay the log files`)];
  }
  if (key === undefined) return inAnyField(value, depth) ?? [value];
  const content = value[key];
  return typeof content === "string" ? inText(content, key, depth) : unwrapped(content, depth + 1);
}

function inText(text: string, what: string, depth: number): readonly unknown[] {
  let json: string;
  try {
    json = GZIP_IN_BASE64.test(text) ? decompressed(text) : decoded(text);
  } catch (error) {
    return [new RecordProblem(`${what} is gzip data that can't be decompressed: ${(error as Error).message}`)];
  }
  const parsed = parseJson(json);
  if ("problem" in parsed) return [new RecordProblem(`${what} is not JSON: ${parsed.problem}`)];
  return unwrapped(parsed.value, depth + 1);
}

function decoded(text: string): string {
  return JSON_IN_BASE64.test(text) ? Buffer.from(text, "base64").toString("utf8") : text;
}

/** @throws Error when it is damaged, or more follows it */
function decompressed(base64: string): string {
  const bytes = Buffer.from(base64, "base64");
  // With `info` it says how much of the bytes it has taken, which the types leave out.
  const { buffer, engine } = gunzipSync(bytes, LIMIT) as unknown as {
    readonly buffer: Buffer;
    readonly engine: { readonly bytesWritten: number };
  };
  if (bytes.subarray(engine.bytesWritten).some((byte) => byte !== 0)) throw new Error("more bytes follow it");
  return buffer.toString("utf8");
}

/** An event of EventBridge's. Those of other services than CloudTrail are named. */
function inEvent(event: JsonObject, depth: number): readonly unknown[] {
  const type = textAt(event, "detail-type") ?? "";
  const records = unwrapped(event.detail, depth + 1);
  if (type.endsWith("via CloudTrail") || records.every(isCall)) return records;
  return [new NotACall(`events of type ${JSON.stringify(type)} are none of CloudTrail's: leave them out`)];
}

/**
 * A list within a list: a row of a query's result, such as that of `--query 'Events[].[EventTime,CloudTrailEvent]'`. The
 * columns beside the record are left out.
 */
function inRow(columns: readonly unknown[], depth: number): readonly unknown[] {
  if (columns.length > 0 && columns.every((column) => isObject(column) && "field" in column)) {
    const message = columns.find((column) => (column as JsonObject).field === "@message") as JsonObject | undefined;
    return message
      ? unwrapped(message.value, depth + 1)
      : [new RecordProblem("a row of the query's result has no @message: let it begin with fields @message")];
  }
  // CloudTrail Lake makes an object of each column.
  const ofLake = columns.every((column) => isObject(column) && Object.keys(column).length === 1);
  const values = ofLake ? columns.flatMap((column) => Object.values(column as JsonObject)) : columns;
  const others = values.filter((value) => (typeof value === "object" && value !== null) || mayBeRecord(value));
  return columns.length > 0 && others.length === 0 ? [columns] : others.flatMap((one) => unwrapped(one, depth + 1));
}

function mayBeRecord(text: unknown): text is string {
  return typeof text === "string" && /^\s*\{/.test(text);
}

/** A record under a name that the caller chose, as in `--query 'Events[].{when:EventTime,what:CloudTrailEvent}'`. */
function inAnyField(value: JsonObject, depth: number): readonly unknown[] | undefined {
  for (const content of Object.values(value)) {
    if (!mayBeRecord(content)) continue;
    const records = inText(content, "a field", depth);
    if (records.length > 0 && records.every(isCall)) return records;
  }
  return undefined;
}
