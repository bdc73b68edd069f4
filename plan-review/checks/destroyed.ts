import { nounOf } from "../monitoring/nouns";
import type { Check } from "./check";

/** Which take nothing from the monitoring when they go; the others that are not told here have checks of their own. */
const HARMLESS = new Set([
  "aws_s3_bucket_lifecycle_configuration", // nothing expires any more
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_acl",
  "aws_sqs_queue_redrive_allow_policy",
  "aws_iam_role_policies_exclusive", // nothing is taken away any more
  "aws_iam_role_policy_attachments_exclusive",
  "aws_sns_topic_data_protection_policy",
  "aws_cloudwatch_log_data_protection_policy",
  "aws_cloudwatch_log_account_policy",
  "aws_cloudwatch_alarm_mute_rule", // alarms notify again
]);
/** Told by the check of what they switch on. */
export const ELSEWHERE = new Set([
  "aws_s3_bucket_versioning",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_public_access_block",
  "aws_s3_account_public_access_block",
  "aws_s3_bucket_object_lock_configuration",
  "aws_sqs_queue_redrive_policy",
  "aws_lambda_function_event_invoke_config",
]);

export const destroyed: Check = {
  id: "destroyed",
  title: "A part of the monitoring that is destroyed or replaced",
  why: "What is destroyed sees, keeps or tells nothing any more. What is replaced has a gap: events of that time are lost, subscriptions must be confirmed anew, a new key reads no old log files.",
  mend: "Leave it. A resource that is only called differently in the configuration keeps its object with a `moved` block; of what can't be changed in place, make a second one first.",
  looksAt: { "*": ["its being there"] },
  judge: ({ type, action, replacePaths, reason }) => {
    const noun = capital(nounOf(type));
    if (action === "forget") {
      return [
        {
          weakens: false,
          what: `${noun} leaves Terraform's hands: it stays in AWS, but no later plan or review sees what becomes of it`,
        },
      ];
    }
    if (action === "replace") {
      const forced = replacePaths.length > 0 ? { attribute: replacePaths.join(", ") } : {};
      const because = replacePaths.length > 0 ? "what changes can't be changed in place" : why(reason);
      return [{ weakens: true, what: `${noun} is destroyed and made anew: ${because}`, ...forced }];
    }
    if (action !== "delete" || HARMLESS.has(type) || ELSEWHERE.has(type)) return [];
    return [{ weakens: true, what: `${noun} is destroyed` }];
  },
};

function why(reason: string | undefined): string {
  switch (reason) {
    case "replace_because_tainted":
      return "it is marked as tainted";
    case "replace_by_request":
      return "somebody asked for it with -replace";
    case "replace_by_triggers":
      return "what it is to be replaced with changes (replace_triggered_by)";
    default:
      return "the plan does not say why";
  }
}

function capital(noun: string): string {
  return `${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}`;
}
