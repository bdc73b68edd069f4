import type { CloudTrailRecord } from "./cloudtrail-record";
import { objectAt, textAt } from "./json";

/**
 * What came of a call: it `succeeded`; it was `denied`, for lack of permission; or it `failed` for another reason.
 */
export interface CallOutcome {
  readonly kind: "succeeded" | "denied" | "failed";
  /** Error code, where the record has one. */
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** Codes by which services refuse a call for lack of permission; a prefix may come before (`Client.`). */
const DENIED = /(^|\.)(AccessDenied(Exception)?|UnauthorizedOperation|VpceAccessDenied|NotAuthorized|Unauthorized)$/;

/**
 * An absent `errorCode` means success, but for sign-ins, which say it in `responseElements`
 * (`{"ConsoleLogin": "Failure"}`), with or without an `errorMessage`.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
 */
export function outcomeOf(record: CloudTrailRecord): CallOutcome {
  const code = textAt(record, "errorCode");
  const message = textAt(record, "errorMessage");
  const failed =
    code !== undefined ||
    message !== undefined ||
    Object.values(objectAt(record, "responseElements")).includes("Failure");
  if (!failed) return { kind: "succeeded", code, message };
  return { kind: code !== undefined && DENIED.test(code) ? "denied" : "failed", code, message };
}
