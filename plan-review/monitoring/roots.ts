import { compilePattern } from "../../detection/pattern/compile";
import { matches } from "../../detection/pattern/match";
import { at, isEmpty, isValues, parsed, UNKNOWN, type Value, type Values } from "../plan/values";
import { asksForCloudTrail } from "./log-patterns";
import { valuesAt } from "./tokens";

const CLOUDTRAIL = "cloudtrail.amazonaws.com";
const POLICIES: Readonly<Record<string, string>> = {
  aws_s3_bucket: "policy",
  aws_s3_bucket_policy: "policy",
  aws_sns_topic: "policy",
  aws_sns_topic_policy: "policy",
  aws_kms_key: "policy",
  aws_kms_key_policy: "policy",
  aws_iam_role: "assume_role_policy",
};

/**
 * What CloudTrail's events are called on the bus.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
const DETAIL_TYPES = [
  "AWS API Call via CloudTrail",
  "AWS Console Sign In via CloudTrail",
  "AWS Console Action via CloudTrail",
  "AWS Service Event via CloudTrail",
  "AWS Insight via CloudTrail",
];

/** Services whose events are findings about the account's security, whatever their detail-type. */
const DETECTIVES = [
  "aws.guardduty",
  "aws.securityhub",
  "aws.access-analyzer",
  "aws.macie",
  "aws.inspector2",
  "aws.detective",
];

/** Filters of log groups, by the attribute that has the pattern. */
const FILTERS: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_metric_filter: "pattern",
  aws_cloudwatch_log_subscription_filter: "filter_pattern",
};
const FILTERED = "a filter for CloudTrail events";
/**
 * Namespaces in which CIS's modules and AWS's guide count CloudTrail's events: the filters may stand in another state.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html
 */
const COUNTED_IN = ["CloudTrailMetrics", "CISBenchmark"];

/** What deploys a CloudFormation template. */
const TEMPLATES = ["aws_cloudformation_stack_set", "aws_cloudformation_stack"];

/** Policies of an account that change what is read from log groups. */
const MASKING = ["DATA_PROTECTION_POLICY", "TRANSFORMER_POLICY"];

/** Why a resource records or sees by itself what happens; undefined when it doesn't. */
export function recorderReason(type: string, values: Values): string | undefined {
  if (type === "aws_cloudtrail") return "a trail";
  if (type === "aws_cloudtrail_event_data_store") return "an event data store of CloudTrail Lake";
  if (TEMPLATES.includes(type))
    return deploysRules(values.template_body) ? "deploys rules for CloudTrail events" : undefined;
  if (type === "aws_s3_account_public_access_block") return "applies to every bucket of the account";
  if (type === "aws_cloudwatch_alarm_mute_rule")
    return valuesAt(values, ["mute_targets", "*", "alarm_names", "*"]).length === 0
      ? "applies to every alarm"
      : undefined;
  if (type === "aws_cloudwatch_log_account_policy")
    return MASKING.some((each) => each === values.policy_type)
      ? "applies to every log group of the account"
      : undefined;
  const counts = FILTERS[type];
  if (counts) return typeof values[counts] === "string" && asksForCloudTrail(values[counts]) ? FILTERED : undefined;
  if (type === "aws_cloudwatch_metric_alarm")
    return COUNTED_IN.some((each) => each === values.namespace)
      ? "an alarm on a metric of CloudTrail events"
      : undefined;
  if (type !== "aws_cloudwatch_event_rule") return undefined;
  return seesCloudTrail(values.event_pattern) ? "a rule for CloudTrail events" : undefined;
}

/** What shows that a trail which isn't in the plan uses a resource; undefined when nothing does. */
export function policyReason(type: string, values: Values): string | undefined {
  const attribute = POLICIES[type];
  return attribute !== undefined && letsCloudTrail(values[attribute]) ? "its policy allows CloudTrail" : undefined;
}

/** Whether an event pattern may match an event that CloudTrail sends, or a security service's finding. In doubt it does. */
function seesCloudTrail(value: Value | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (isEmpty(value)) return false; // a schedule
  const pattern = parsed(value);
  if (!isValues(pattern)) return true;
  // Compiling a pattern takes time, and most rules are about an application's own events.
  if (!fromAws(pattern)) return false;
  if (pattern.source !== undefined && mayBe(pattern, "source", DETECTIVES)) return true;
  return mayBe(pattern, "detail-type", DETAIL_TYPES);
}

/** Whether a CloudFormation template has a rule for CloudTrail's events: YAML isn't read, and may have. */
function deploysRules(body: Value | undefined): boolean {
  if (body === UNKNOWN) return false;
  if (typeof body !== "string" || !body.includes("AWS::Events::Rule")) return false;
  const template = parsed(body);
  if (!isValues(template)) return body.includes("aws.") || body.includes("CloudTrail");
  return Object.values(isValues(template.Resources) ? template.Resources : {}).some(
    (resource) =>
      at(resource, "Type") === "AWS::Events::Rule" && seesCloudTrail(at(resource, "Properties", "EventPattern")),
  );
}

/** Custom events have sources of their own. */
function fromAws({ source }: Values): boolean {
  if (!Array.isArray(source)) return true;
  return source.some((each) => typeof each !== "string" || each.startsWith("aws."));
}

/** Whether a field of an event may have one of the texts. */
function mayBe(pattern: Values, field: string, texts: readonly string[]): boolean {
  const conditions = pattern[field];
  if (conditions === undefined) return true;
  try {
    const compiled = compilePattern({ [field]: conditions });
    return texts.some((text) => matches(compiled, { [field]: text }));
  } catch {
    return true;
  }
}

function letsCloudTrail(policy: Value | undefined): boolean {
  if (typeof policy !== "string" || !policy.includes(CLOUDTRAIL)) return false;
  const statements = at(parsed(policy), "Statement");
  return (Array.isArray(statements) ? statements : [statements]).some((statement) => {
    const service = at(statement, "Principal", "Service");
    return at(statement, "Effect") === "Allow" && [service].flat().includes(CLOUDTRAIL);
  });
}
