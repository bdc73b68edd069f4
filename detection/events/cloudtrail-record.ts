import { isObject, type JsonObject, kindOf, textAt } from "./json";

/**
 * One record of CloudTrail, checked as far as judging it needs; every other field may be absent or of any type.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface CloudTrailRecord extends JsonObject {
  /** The service, such as `ec2.amazonaws.com`. */
  readonly eventSource: string;
  /** The call, such as `RunInstances`. */
  readonly eventName: string;
}

/** The record lacks what every pattern needs: it can't be judged, and says why. */
export class RecordProblem extends Error {
  override readonly name = "RecordProblem";
}

/**
 * @param value an Error where the record could not even be read: it is thrown
 * @throws RecordProblem when the value can't be judged
 */
export function parseRecord(value: unknown): CloudTrailRecord {
  if (value instanceof Error) throw value;
  if (!isObject(value)) throw new RecordProblem(`the record is ${kindOf(value)}, not an object`);
  for (const field of ["eventSource", "eventName"]) {
    if (textAt(value, field) === undefined) {
      throw new RecordProblem(`${field} is ${value[field] === "" ? "empty" : kindOf(value[field])}, not a name`);
    }
  }
  return value as CloudTrailRecord;
}
