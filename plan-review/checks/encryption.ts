import { about, altered, emptied, indeterminate, switched } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import { configured, own, type PlanContext } from "../evaluation/context";
import { namesSame } from "../monitoring/tokens";
import type { Change } from "../plan/plan";
import { at, isEmpty, UNKNOWN, type Value } from "../plan/values";

const SETTING = "aws_s3_bucket_server_side_encryption_configuration";
const DEFAULT_OF_BUCKET = ["rule", 0, "apply_server_side_encryption_by_default", 0];
const INLINE = ["server_side_encryption_configuration", 0, ...DEFAULT_OF_BUCKET];
const WHAT = "The resource is no longer encrypted with its own KMS key";

const STREAM = "aws_kinesis_stream";
const TABLE = "aws_dynamodb_table";
const TABLE_ENABLED = ["server_side_encryption", 0, "enabled"];
const OTHER_KEY = "The new key may not allow the services that send";

const KEYS: Readonly<Record<string, readonly (string | number)[]>> = {
  aws_sns_topic: ["kms_master_key_id"],
  aws_sqs_queue: ["kms_master_key_id"],
  aws_cloudwatch_event_bus: ["kms_key_identifier"],
  [STREAM]: ["kms_key_id"],
  aws_cloudwatch_log_group: ["kms_key_id"],
  [TABLE]: ["server_side_encryption", 0, "kms_key_arn"],
  aws_scheduler_schedule: ["kms_key_arn"],
  aws_lambda_function: ["kms_key_arn"],
  aws_cloudtrail_event_data_store: ["kms_key_id"],
};

const ALIAS = "aws_kms_alias";

export const encryption: Check = {
  id: "encryption",
  title: "KMS key removed, or replaced by one that services cannot use",
  why: "Alerts and log files show an intruder what you detected. With a KMS key, readers also need permission to use the key, and each use is recorded.",
  remediation:
    "Keep the key. To change keys, set the new one in the same change: a customer managed key whose policy allows the services.",
  looksAt: {
    [SETTING]: ["rule"],
    aws_s3_bucket: ["server_side_encryption_configuration"],
    [ALIAS]: ["target_key_id"],
    ...Object.fromEntries(Object.entries(KEYS).map(([type, path]) => [type, [path.join(".")]])),
  },
  limits: "Indeterminate: another key of a topic or queue; another key of an alias.",
  evaluate: (change, context) => {
    if (change.type === ALIAS) return altered(change, ["target_key_id"], OTHER_KEY);
    const path = KEYS[change.type];
    if (path)
      return [...lost(change, path), ...awsManaged(change, path), ...other(change, path), ...sqsManaged(change)];
    if (change.type === "aws_s3_bucket") {
      return own(change, SETTING, context) && change.after ? bucket(change, at(change.before, ...INLINE), INLINE) : [];
    }
    return setting(change, context);
  },
};

function lost(change: Change, path: readonly (string | number)[]): readonly Finding[] {
  const off = change.type === STREAM && at(change.after, "encryption_type") === "NONE";
  if (off && at(change.before, "encryption_type") === "KMS") return [about(change, ["encryption_type"], true, WHAT)];
  const found = emptied(change, path, WHAT);
  // Off, a table's key says nothing.
  return found.length > 0 || change.type !== TABLE ? found : switched(change, TABLE_ENABLED, true, false, WHAT);
}

function isAwsManaged(value: Value | undefined): boolean {
  return typeof value === "string" && /(^|:)alias\/aws\/(sns|sqs)$/.test(value);
}

/** AWS's own key for SNS and SQS has a policy that allows no service, and that cannot be changed. */
function awsManaged(change: Change, path: readonly (string | number)[]): readonly Finding[] {
  if (!change.before || isAwsManaged(at(change.before, ...path)) || !isAwsManaged(at(change.after, ...path))) return [];
  return [
    about(
      change,
      path,
      true,
      "CloudTrail, EventBridge and alarms cannot use the AWS managed key, so what they send is lost",
    ),
  ];
}

/** Services that the old key's policy allowed, or that needed no key, must be allowed by the new one's. */
function other(change: Change, path: readonly (string | number)[]): readonly Finding[] {
  if (!["aws_sns_topic", "aws_sqs_queue"].includes(change.type) || !change.before || !change.after) return [];
  const [was, is] = [at(change.before, ...path), at(change.after, ...path)];
  if (typeof was === "string" && typeof is === "string" && namesSame(was, is)) return [];
  if (isEmpty(is) || was === is || isAwsManaged(is) || (is === UNKNOWN && !isEmpty(was))) return [];
  return [about(change, path, false, OTHER_KEY)];
}

function sqsManaged(change: Change): readonly Finding[] {
  const { type, after } = change;
  if (type !== "aws_sqs_queue" || !isEmpty(after?.kms_master_key_id)) return [];
  return switched(change, ["sqs_managed_sse_enabled"], true, false, "Messages are no longer encrypted");
}

function setting(change: Change, context: PlanContext): readonly Finding[] {
  if (change.action === "forget") return [];
  const was = change.before
    ? at(change.before, ...DEFAULT_OF_BUCKET)
    : at(configured(change, "aws_s3_bucket", context), ...INLINE);
  return bucket(change, was, DEFAULT_OF_BUCKET);
}

function bucket(change: Change, was: Value | undefined, path: readonly (string | number)[]): readonly Finding[] {
  if (!usesKms(at(was, "sse_algorithm"))) return [];
  const [algorithm, key] = [at(change.after, ...path, "sse_algorithm"), at(change.after, ...path, "kms_master_key_id")];
  if (algorithm === UNKNOWN || (usesKms(algorithm) && key === UNKNOWN))
    return [indeterminate(change, [...path, "sse_algorithm"])];
  if (!usesKms(algorithm)) return [about(change, [...path, "sse_algorithm"], true, WHAT)];
  const had = !isEmpty(at(was, "kms_master_key_id"));
  return had && isEmpty(key) ? [about(change, [...path, "kms_master_key_id"], true, WHAT)] : [];
}

function usesKms(algorithm: Value | undefined): boolean {
  return typeof algorithm === "string" && algorithm.startsWith("aws:kms");
}
