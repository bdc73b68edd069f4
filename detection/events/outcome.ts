import type { CloudTrailRecord } from "./cloudtrail-record";
import { objectAt, textAt } from "./json";

/** `denied`: for lack of permission; `failed`: for any other reason. */
export type OutcomeKind = "succeeded" | "denied" | "failed";

/** What came of a call. */
export interface CallOutcome {
  readonly kind: OutcomeKind;
  /** Error code, where the record has one. */
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/**
 * Codes by which services refuse a call for lack of permission, after a prefix such as `Client.`: those in the API models of
 * botocore 1.40 and later, EC2's and S3's documented ones, and what their like would be called. Credentials that are wrong or
 * expired, and an authorization that is there already, or not, are no such refusals.
 */
const DENIED = new RegExp(
  `(^|[.#:/])(${[
    "\\w*AccessDenied\\w*",
    "AccessTo\\w+Denied",
    "(Access)?Forbidden",
    "\\w*NotAuthorized\\w*",
    "\\w*NoAuthorization",
    "Unauthorized\\w*",
    "Authorization(Error|Failed|Failure)?",
    "AuthFailure",
    "AllAccessDisabled",
    "Insufficient(Privileges|Permissions?)",
  ].join("|")})(Error|Fault|Exception)*$`,
  "i",
);

/** Sign-ins, switches of role and the like: these say what came of them by name, `{"ConsoleLogin": "Failure"}`. */
const SIGN_IN = /^sign-?in\./;
const FAILURE = /^fail(ed|ure)?$/i;

/**
 * An absent `errorCode` means success, but for sign-ins, which say it in `responseElements` or (IAM Identity Center) in
 * `serviceEventDetails`, with or without an `errorMessage`. In the answer of any other call `Failure` is a value like others.
 *
 * Sources: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html,
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/understanding-sign-in-events.html
 */
export function outcomeOf(record: CloudTrailRecord): CallOutcome {
  const code = textAt(record, "errorCode");
  const message = textAt(record, "errorMessage");
  const failed = says(record.errorCode) || says(record.errorMessage) || failedToSignIn(record);
  if (!failed) return { kind: "succeeded", code, message };
  return { kind: code !== undefined && DENIED.test(code) ? "denied" : "failed", code, message };
}

/** Whether the field holds anything, text or not. */
function says(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function failedToSignIn(record: CloudTrailRecord): boolean {
  if (!SIGN_IN.test(textAt(record, "eventSource") ?? "")) return false;
  return ["responseElements", "serviceEventDetails"]
    .flatMap((field) => Object.values(objectAt(record, field)))
    .some((value) => typeof value === "string" && FAILURE.test(value));
}
