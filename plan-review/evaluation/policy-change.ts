import type { Change } from "../plan/plan";
import { hasUnknown, type Value } from "../plan/values";
import type { Statement } from "../policy/statements";
import { statementsOf } from "../policy/statements";
import { configured, own, type PlanContext, was } from "./context";

interface PolicyPlace {
  readonly attribute: string;
  /** Has the policy where this is set, and shows it in `policy` as well. */
  readonly of?: string;
  /** Has the policy instead where it is there. */
  readonly unless?: string;
}

/** Where policies of resources stand. */
export const RESOURCE_POLICIES: Readonly<Record<string, PolicyPlace>> = {
  aws_s3_bucket_policy: { attribute: "policy", of: "aws_s3_bucket" },
  aws_s3_bucket: { attribute: "policy", unless: "aws_s3_bucket_policy" },
  aws_kms_key_policy: { attribute: "policy", of: "aws_kms_key" },
  aws_kms_key: { attribute: "policy", unless: "aws_kms_key_policy" },
  aws_kms_replica_key: { attribute: "policy" },
  aws_sns_topic_policy: { attribute: "policy", of: "aws_sns_topic" },
  aws_sns_topic: { attribute: "policy", unless: "aws_sns_topic_policy" },
  aws_sqs_queue_policy: { attribute: "policy", of: "aws_sqs_queue" },
  aws_sqs_queue: { attribute: "policy", unless: "aws_sqs_queue_policy" },
  aws_cloudwatch_event_bus_policy: { attribute: "policy" },
  aws_cloudwatch_log_resource_policy: { attribute: "policy_document" },
  aws_iam_role: { attribute: "assume_role_policy" },
};

/** A policy before and after; a side that isn't known, or can't be read, is undefined. */
export interface PolicyChange {
  readonly attribute: string;
  readonly before: readonly Statement[] | undefined;
  readonly after: readonly Statement[] | undefined;
}

/** How the policy of a resource changes; undefined when it doesn't, comes with its resource, or goes with it. */
export function policyChange(change: Change, context: PlanContext): PolicyChange | undefined {
  const place = RESOURCE_POLICIES[change.type];
  if (!place || !change.after || (place.unless && !own(change, place.unless, context))) return undefined;
  const { attribute } = place;
  const base = place.of && !change.before ? configured(change, place.of, context) : undefined;
  if (!change.before && !place.of) return undefined;
  const before = was(change, attribute, base, "policy");
  const after = change.after[attribute];
  if (before === after) return undefined;
  return { attribute, before: readable(before), after: readable(after) };
}

function readable(policy: Value | undefined): readonly Statement[] | undefined {
  return hasUnknown(policy) ? undefined : statementsOf(policy);
}
