import type { Values } from "../plan/values";
import { spellings } from "./tokens";

interface Naming {
  /** Attributes that make up the name, with what AWS takes where one is empty. */
  readonly by: readonly (readonly [attribute: string, usual?: string])[];
  /** Where a name is taken: a bucket's in the whole world; an ARN is unique by itself. */
  readonly within: "the world" | "an account" | "a region";
}

function named(within: Naming["within"], ...by: readonly (string | readonly [string, string])[]): Naming {
  return { within, by: by.map((each) => (typeof each === "string" ? [each] : each)) };
}

const BUS = ["event_bus_name", "default"] as const;

/**
 * Types whose creation AWS takes for an update where the name is taken already (`Put…`): of others it refuses a second
 * one, or makes one more.
 */
const PUT: Readonly<Record<string, Naming>> = {
  aws_cloudwatch_event_rule: named("a region", BUS, "name"),
  aws_cloudwatch_event_target: named("a region", BUS, "rule", "target_id"),
  aws_cloudwatch_event_bus_policy: named("a region", BUS),
  aws_cloudwatch_metric_alarm: named("a region", "alarm_name"),
  aws_cloudwatch_composite_alarm: named("a region", "alarm_name"),
  aws_cloudwatch_alarm_mute_rule: named("a region", "name"),
  aws_cloudwatch_log_metric_filter: named("a region", "log_group_name", "name"),
  aws_cloudwatch_log_subscription_filter: named("a region", "log_group_name", "name"),
  aws_cloudwatch_log_resource_policy: named("a region", "policy_name"),
  aws_cloudwatch_log_data_protection_policy: named("a region", "log_group_name"),
  aws_iam_role_policy: named("an account", "role", "name"),
  aws_kms_key_policy: named("a region", "key_id"),
  aws_lambda_function_event_invoke_config: named("a region", "function_name", ["qualifier", "$LATEST"]),
  aws_s3_account_public_access_block: named("an account", ["account_id", ""]),
  aws_sns_topic: named("a region", "name"),
  aws_sns_topic_policy: named("the world", "arn"),
  aws_sns_topic_data_protection_policy: named("the world", "arn"),
  aws_sqs_queue_policy: named("the world", "queue_url"),
  aws_sqs_queue_redrive_policy: named("the world", "queue_url"),
  aws_sqs_queue_redrive_allow_policy: named("the world", "queue_url"),
  ...Object.fromEntries(
    [
      ...["policy", "versioning", "lifecycle_configuration", "public_access_block", "notification", "logging", "acl"],
      ...["server_side_encryption_configuration", "object_lock_configuration", "ownership_controls"],
      "replication_configuration",
    ].map((setting) => [`aws_s3_bucket_${setting}`, named("the world", "bucket")]),
  ),
};

/** Of the types whose creation overwrites: where the name is taken. */
export function nameWithin(type: string): Naming["within"] | undefined {
  return PUT[type]?.within;
}

/** What AWS knows a resource by; undefined when creating it overwrites nothing, or the name isn't known yet. */
export function realName(type: string, values: Values): string | undefined {
  const parts: string[] = [];
  for (const [attribute, usual] of PUT[type]?.by ?? []) {
    const value = values[attribute] || usual;
    if (typeof value !== "string" || (value === "" && usual === undefined)) return undefined;
    // An ARN of a topic is its name; a key, a function or a bus may be named either way.
    parts.push(attribute === "arn" ? value : (spellings(value).at(-1) ?? value).replace(/^event-bus\//, ""));
  }
  return parts.length === 0 ? undefined : JSON.stringify([type, ...parts]);
}
