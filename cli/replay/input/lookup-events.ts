import { RecordProblem } from "../../../lambda-src/read/cloudtrail-record";
import { isObject, type JsonObject, parseJson } from "../../../lambda-src/read/json";

/** How the output of `aws cloudtrail lookup-events` begins. */
const BEGINNING = /^\s*\{\s*"Events"/;
const LOG_FILE = '{"Records"';

/**
 * Makes the output of `aws cloudtrail lookup-events` begin as a log file does, so that its events are read one by one,
 * however many there are. Anything else stays as it is.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 *
 * @param first the first bytes of a file
 */
export function beginAsLogFile(first: Uint8Array): Uint8Array {
  const [beginning] = BEGINNING.exec(Buffer.from(first.subarray(0, 100)).toString("latin1")) ?? [];
  return beginning === undefined ? first : Buffer.concat([Buffer.from(LOG_FILE), first.subarray(beginning.length)]);
}

/**
 * The records in what was read as one. It is several, or none, where it is a page that `lookup-events` has answered; one of
 * the events in it holds its record as text.
 *
 * @returns a RecordProblem in the place of a record that is no JSON
 */
export function recordsIn(value: unknown): readonly unknown[] {
  if (!isObject(value) || "eventSource" in value) return [value];
  return Array.isArray(value.Events) ? value.Events.map(recordOf) : [recordOf(value)];
}

function recordOf(event: unknown): unknown {
  const text = isObject(event) && (event as JsonObject).CloudTrailEvent;
  if (typeof text !== "string") return event;
  const parsed = parseJson(text);
  return "value" in parsed ? parsed.value : new RecordProblem(`CloudTrailEvent is not JSON: ${parsed.problem}`);
}
