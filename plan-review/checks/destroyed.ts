import type { Check } from "../evaluation/check";
import type { PlanContext } from "../evaluation/context";
import { forwardedLess, passedOnByOthers } from "../evaluation/passed-on";
import { labelOf } from "../monitoring/labels";
import { code } from "../plan/escape";
import type { Change } from "../plan/plan";

const RULE = "aws_cloudwatch_event_rule";
const TARGET = "aws_cloudwatch_event_target";

/** Types whose removal does not weaken the monitoring. */
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
/** Types whose removal is reported by the check of what they turn on. */
export const REPORTED_BY_OTHER_CHECKS = new Set([
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
  title: "Monitoring resource destroyed or replaced",
  why: "A destroyed resource no longer records, stores or sends anything. A replaced one leaves a gap: events in between are lost, subscriptions need a new confirmation, and a new key cannot decrypt old log files.",
  remediation:
    "Keep the resource. If only its name in the configuration changed, add a `moved` block. If it cannot be updated in place, create a second one first.",
  looksAt: { "*": ["whether it stays"] },
  evaluate: (change, context) => {
    const { type, action, replacePaths, reason } = change;
    const label = capital(labelOf(type));
    if (action === "forget") {
      return [
        {
          weakens: false,
          what: `${label} is removed from the state. It stays in AWS, but later plans and reviews do not see it`,
        },
      ];
    }
    if (action === "replace") {
      const forced = replacePaths.length > 0 ? { attribute: replacePaths.join(", ") } : {};
      const because =
        replacePaths.length > 0 ? " because the changed attributes cannot be updated in place" : why(reason);
      return [{ weakens: true, what: `${label} is replaced${because}`, ...forced }];
    }
    if (action !== "delete" || HARMLESS.has(type) || REPORTED_BY_OTHER_CHECKS.has(type)) return [];
    if (isPassedOn(change, context)) return [];
    return [{ weakens: true, what: `${label} is destroyed${consequence(change, context)}` }];
  },
};

/** A forwarder, or its target, that isn't needed: others of its region pass on the same. */
function isPassedOn({ type, address }: Change, context: PlanContext): boolean {
  const rules = type === TARGET ? context.monitoring.referred(address, RULE) : type === RULE ? [address] : [];
  const gone = rules.map((rule) => context.changes.get(rule));
  return (
    gone.length > 0 &&
    gone.every((rule) => rule?.action === "delete" && passedOnByOthers(rule, undefined, context)?.narrows === "no")
  );
}

/** What the end of a forwarder, or of a stack set's instances, means to its region. */
function consequence({ address, type, before }: Change, context: PlanContext): string {
  const { forwarders, changes } = context;
  if (type === "aws_cloudformation_stack_set_instance") {
    const region = before?.stack_set_instance_region ?? before?.region;
    return typeof region === "string" ? `. Members' events no longer arrive within seconds from: ${code(region)}` : "";
  }
  const forwarder = forwarders.get(address);
  if (!forwarder) return "";
  const { region, bus } = forwarder;
  const others = [...forwarders.values()].filter((each) => each.region === region && each.bus === bus);
  return others.every(({ rule }) => changes.get(rule)?.action === "delete")
    ? `. No longer watched within seconds: ${code(region)}`
    : forwardedLess(forwarder, context);
}

function why(reason: string | undefined): string {
  switch (reason) {
    case "replace_because_tainted":
      return " because it is marked as tainted";
    case "replace_by_request":
      return " because the plan was made with -replace";
    case "replace_by_triggers":
      return " because something in replace_triggered_by changes";
    default:
      return "; the plan does not say why";
  }
}

function capital(label: string): string {
  return `${label.slice(0, 1).toUpperCase()}${label.slice(1)}`;
}
