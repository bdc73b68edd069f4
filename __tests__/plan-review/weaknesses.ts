// Over 250 lines: one table of weaknesses.
import fc from "fast-check";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** An attribute by which the monitoring can be weakened: any of its weak values is worse than any of its safe ones. */
export interface Weakness {
  readonly check: string;
  readonly address: string;
  readonly path: readonly (string | number)[];
  readonly safe: fc.Arbitrary<Json>;
  readonly weak: fc.Arbitrary<Json>;
}

const TRAIL = "module.audit.aws_cloudtrail.main";
const BUCKET = "aws_s3_bucket.audit";
const RULE = 'aws_cloudwatch_event_rule.users["iam"]';
const KEY = "aws_kms_key.audit";
const QUEUE = "aws_sqs_queue.events";
const ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration.audit";

const yes = fc.constant(true);
const no = fc.constant(false);
const nothing = fc.constantFrom<Json>(null, "");
const key = fc.uuid().map((id) => `arn:aws:kms:us-east-1:123456789012:key/${id}`);
const ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

function on(check: string, address: string, ...path: readonly (string | number)[]): Weakness {
  return { check, address, path, safe: yes, weak: no };
}

function policy(...statements: readonly Json[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function iam(...eventName: readonly Json[]): string {
  const detailType = ["AWS API Call via CloudTrail"];
  return JSON.stringify({ source: ["aws.iam"], "detail-type": detailType, detail: { eventName } });
}

const NEEDED = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "s3:*", Resource: "*" };
/** What no one needs: it may come and go. */
const other = fc.record({
  Effect: fc.constant("Allow"),
  Principal: fc.constant({ AWS: "arn:aws:iam::123456789012:user/someone" }),
  Action: fc.constantFrom("s3:PutObject", "s3:GetBucketAcl"),
  Resource: fc.constantFrom("arn:aws:s3:::audit-logs", "arn:aws:s3:::audit-logs/*"),
});

/** Each check's, in the baseline. */
export const WEAKNESSES: readonly Weakness[] = [
  on("trail-logging", TRAIL, "enable_logging"),
  on("trail-multi-region", TRAIL, "is_multi_region_trail"),
  on("trail-global-events", TRAIL, "include_global_service_events"),
  on("trail-validation", TRAIL, "enable_log_file_validation"),
  on("trail-organization", TRAIL, "is_organization_trail"),
  { check: "trail-encryption", address: TRAIL, path: ["kms_key_id"], safe: key, weak: nothing },
  {
    check: "trail-destination",
    address: TRAIL,
    path: ["sns_topic_name"],
    safe: fc.constant("deliveries"),
    weak: nothing,
  },
  {
    check: "trail-selectors",
    address: TRAIL,
    path: ["event_selector"],
    safe: fc.constantFrom<Json>(
      [],
      [{ read_write_type: "All", include_management_events: true, exclude_management_event_sources: [] }],
    ),
    weak: fc.oneof(
      fc
        .constantFrom("ReadOnly", "WriteOnly")
        .map((type): Json => [{ read_write_type: type, include_management_events: true }]),
      fc.constant<Json>([{ read_write_type: "All", include_management_events: false }]),
      fc
        .constantFrom("kms.amazonaws.com", "rdsdata.amazonaws.com")
        .map(
          (source): Json => [
            { read_write_type: "All", include_management_events: true, exclude_management_event_sources: [source] },
          ],
        ),
    ),
  },
  {
    check: "rule-disabled",
    address: RULE,
    path: ["state"],
    safe: fc.constantFrom("ENABLED", ALL),
    weak: fc.constant("DISABLED"),
  },
  { check: "rule-read-only", address: RULE, path: ["state"], safe: fc.constant(ALL), weak: fc.constant("ENABLED") },
  on("key-rotation", KEY, "enable_key_rotation"),
  on("key-disabled", KEY, "is_enabled"),
  {
    check: "key-deletion-window",
    address: KEY,
    path: ["deletion_window_in_days"],
    safe: fc.integer({ min: 20, max: 30 }),
    weak: fc.integer({ min: 7, max: 19 }),
  },
  {
    check: "force-destroy",
    address: BUCKET,
    path: ["force_destroy"],
    safe: fc.constantFrom<Json>(false, null),
    weak: yes,
  },
  ...["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map((flag) =>
    on("public-access", "aws_s3_bucket_public_access_block.audit", flag),
  ),
  {
    check: "versioning",
    address: "aws_s3_bucket_versioning.audit",
    path: ["versioning_configuration", 0, "status"],
    safe: fc.constant("Enabled"),
    weak: fc.constantFrom("Suspended", "Disabled"),
  },
  {
    check: "encryption",
    address: ENCRYPTION,
    path: ["rule", 0, "apply_server_side_encryption_by_default", 0, "sse_algorithm"],
    safe: fc.constantFrom("aws:kms", "aws:kms:dsse"),
    weak: fc.constantFrom("AES256", ""),
  },
  { check: "encryption", address: QUEUE, path: ["kms_master_key_id"], safe: key, weak: nothing },
  { check: "encryption", address: "aws_cloudwatch_log_group.audit", path: ["kms_key_id"], safe: key, weak: nothing },
  {
    check: "retention",
    address: "aws_cloudwatch_log_group.audit",
    path: ["retention_in_days"],
    safe: fc.constantFrom(0, 400, 731),
    weak: fc.constantFrom(1, 30, 365),
  },
  {
    check: "retention",
    address: "aws_s3_bucket_lifecycle_configuration.audit",
    path: ["rule", 0, "expiration", 0, "days"],
    safe: fc.integer({ min: 366, max: 4000 }),
    weak: fc.integer({ min: 1, max: 365 }),
  },
  {
    check: "retention",
    address: "aws_s3_bucket_lifecycle_configuration.audit",
    path: ["rule", 0, "noncurrent_version_expiration", 0, "noncurrent_days"],
    safe: fc.integer({ min: 31, max: 4000 }),
    weak: fc.integer({ min: 1, max: 30 }),
  },
  {
    check: "retention",
    address: QUEUE,
    path: ["message_retention_seconds"],
    safe: fc.integer({ min: 345_600, max: 1_209_600 }),
    weak: fc.integer({ min: 60, max: 345_599 }),
  },
  {
    check: "object-lock",
    address: "aws_s3_bucket_object_lock_configuration.audit",
    path: ["rule", 0, "default_retention", 0, "days"],
    safe: fc.integer({ min: 100, max: 4000 }),
    weak: fc.integer({ min: 1, max: 99 }),
  },
  {
    check: "dead-letters",
    address: "aws_cloudwatch_event_target.users",
    path: ["dead_letter_config"],
    safe: fc.constant<Json>([{ arn: "arn:aws:sqs:us-east-1:123456789012:dead" }]),
    weak: fc.constantFrom<Json>([], null),
  },
  {
    check: "dead-letters",
    address: QUEUE,
    path: ["redrive_policy"],
    safe: fc.constant('{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead","maxReceiveCount":5}'),
    weak: nothing,
  },
  {
    check: "function-stopped",
    address: "aws_lambda_function.judge",
    path: ["reserved_concurrent_executions"],
    safe: fc.constantFrom(-1, 1, 100),
    weak: fc.constant(0),
  },
  on("function-trigger", "aws_lambda_event_source_mapping.judge", "enabled"),
  {
    check: "schedule-disabled",
    address: "aws_scheduler_schedule.digest",
    path: ["state"],
    safe: fc.constant("ENABLED"),
    weak: fc.constant("DISABLED"),
  },
  on("deletion-protection", "aws_dynamodb_table.seen", "deletion_protection_enabled"),
  on("alarm-silenced", "aws_cloudwatch_metric_alarm.root", "actions_enabled"),
  {
    check: "alarm-silenced",
    address: "aws_cloudwatch_metric_alarm.root",
    path: ["alarm_actions"],
    safe: fc.constant<Json>(["arn:aws:sns:us-east-1:123456789012:alerts"]),
    weak: fc.constantFrom<Json>([], null),
  },
  {
    check: "subscription-filter",
    address: "aws_sns_topic_subscription.oncall",
    path: ["filter_policy"],
    safe: fc.constantFrom<Json>(null, "", '{"severity":["high","critical"]}', '{"severity":[{"exists":true}]}'),
    weak: fc.constant('{"severity":["critical"]}'),
  },
  {
    check: "rule-pattern",
    address: 'aws_cloudwatch_event_rule.users["iam"]',
    path: ["event_pattern"],
    safe: fc.constantFrom<Json>(
      iam("CreateUser", "DeleteUser"),
      iam({ prefix: "" }),
      iam({ wildcard: "*User" }, "DeleteRole"),
    ),
    weak: fc.constantFrom<Json>(iam("CreateUser"), iam("DeleteUser", "DeleteUser")),
  },
  {
    check: "notification-removed",
    address: "aws_s3_bucket_notification.audit",
    path: ["queue"],
    safe: fc.constant<Json>([{ queue_arn: "arn:aws:sqs:us-east-1:123456789012:files" }]),
    weak: fc.constantFrom<Json>([], null),
  },
  {
    check: "policy-statement",
    address: "aws_s3_bucket_policy.audit",
    path: ["policy"],
    safe: fc.array(other, { maxLength: 2 }).map((others) => policy(...others, NEEDED)),
    weak: fc.array(other, { maxLength: 2 }).map((others) =>
      policy(...others, {
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:GetBucketAcl",
        Resource: "*",
      }),
    ),
  },
  {
    check: "policy-opened",
    address: "aws_s3_bucket_policy.audit",
    path: ["policy"],
    safe: fc.array(other, { maxLength: 2 }).map((others) => policy(...others, NEEDED)),
    weak: fc
      .tuple(
        fc.array(other, { maxLength: 2 }),
        fc.constantFrom<Json>("*", { AWS: "*" }, { AWS: ["arn:aws:iam::1:root", "*"] }),
      )
      .map(([others, Principal]) =>
        policy(...others, NEEDED, { Effect: "Allow", Principal, Action: "s3:GetObject", Resource: "*" }),
      ),
  },
];
