// Over 250 lines: one table of plans and verdicts.
type Path = string;

/** What an attribute may become for the worse. */
export interface Worse {
  /** The check that says so. */
  readonly check: string;
  readonly to: unknown;
  /** What it is before, where it isn't what the stack has. */
  readonly from?: unknown;
  /** What else counts for it. */
  readonly where?: {
    /** A part of the resource's address, where not any of the type will do. */
    readonly of?: string;
    /** A type that has the setting in the stack, and is left out of the plan. */
    readonly without?: string;
    /** What else the resource has before and after. */
    readonly besides?: Readonly<Record<string, unknown>>;
  };
}

function by(check: string, to: unknown, from?: unknown, where?: Worse["where"]): Worse {
  return { check, to, ...(from !== undefined && { from }), ...(where && { where }) };
}

const OTHER_QUEUE = "arn:aws:sqs:us-east-1:111122223333:other";
const OTHER_TOPIC = "arn:aws:sns:us-east-1:111122223333:other";
const OTHER_ROLE = "arn:aws:iam::111122223333:role/other";
const EMPTY = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const ALLOW = { Effect: "Allow", Resource: "*" };
const EVERYBODY = JSON.stringify({ Version: "2012-10-17", Statement: [{ ...ALLOW, Principal: "*", Action: "s3:*" }] });
const LOCKED = [{ object_lock_enabled: "Enabled", rule: [{ default_retention: [{ mode: "COMPLIANCE", days: 30 }] }] }];
const COPIED = [{ rules: [{ status: "Enabled", destination: [{ bucket: "arn:aws:s3:::copy" }] }] }];
const SOME = JSON.stringify({ Version: "2012-10-17", Statement: [{ ...ALLOW, Action: "logs:PutLogEvents" }] });
const SOME_POLICY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
const KMS = [{ rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms" }] }] }];
const VPC = [{ subnet_ids: ["subnet-1"], security_group_ids: ["sg-1"] }];

/** Every argument, by type and path, by which alerts may be lost, delayed or unreadable: numbers are places in lists. */
export const EVALUATED: Readonly<Record<string, Readonly<Record<Path, Worse>>>> = {
  aws_cloudformation_stack_set: {
    template_body: by("stack-template", '{"Resources":{}}'),
    template_url: by("stack-template", "https://example.com/other", "https://example.com/template"),
    parameters: by("stack-template", { CentralAccount: "444455556666", NamePrefix: "trailwarden" }),
    "parameters.CentralAccount": by("stack-template", "444455556666"),
    "parameters.NamePrefix": by("stack-template", "other"),
    "auto_deployment.0.enabled": by("stack-set-reach", false),
    administration_role_arn: by("stack-set-reach", OTHER_ROLE, "arn:aws:iam::111122223333:role/some"),
    execution_role_name: by("stack-set-reach", "other", "some"),
    capabilities: by("stack-set-reach", []),
  },
  aws_cloudformation_stack_set_instance: {
    "deployment_targets.0.organizational_unit_ids": by("stack-set-reach", ["ou-ab12-11111111"]),
    parameter_overrides: by("stack-set-reach", { CentralAccount: "444455556666" }, {}),
  },
  aws_cloudwatch_event_bus_policy: { policy: by("policy-statement", EMPTY) },
  aws_cloudtrail: {
    enable_logging: by("trail-logging", false),
    is_multi_region_trail: by("trail-multi-region", false),
    include_global_service_events: by("trail-global-events", false),
    is_organization_trail: by("trail-organization", false, true),
    enable_log_file_validation: by("trail-validation", false),
    kms_key_id: by("trail-encryption", ""),
    s3_bucket_name: by("trail-destination", "other"),
    s3_key_prefix: by("trail-destination", "elsewhere"),
    sns_topic_name: by("trail-destination", ""),
    cloud_watch_logs_group_arn: by("trail-destination", ""),
    cloud_watch_logs_role_arn: by("role-changed", OTHER_ROLE),
    "advanced_event_selector.0.field_selector.0.equals": by("trail-selectors", ["Data"]),
    "advanced_event_selector.0.field_selector.0.field": by("trail-selectors", "eventName"),
    "advanced_event_selector.1.field_selector.2.starts_with": by("trail-selectors", ["arn:aws:s3:::other/"]),
    event_selector: by(
      "trail-selectors",
      [],
      [{ data_resource: [{ type: "AWS::Lambda::Function", values: ["arn:"] }] }],
    ),
    insight_selector: by("trail-selectors", [], [{ insight_type: "ApiErrorRateInsight" }]),
  },
  aws_cloudwatch_event_rule: {
    event_pattern: by("rule-pattern", '{"source":["aws.iam"],"detail":{"eventName":["Nothing"]}}'),
    schedule_expression: by("rule-pattern", "", "rate(5 minutes)", { besides: { event_pattern: "" } }),
    state: by("rule-disabled", "DISABLED"),
    is_enabled: by("rule-disabled", false, true),
    role_arn: by("role-changed", "", OTHER_ROLE),
  },
  aws_cloudwatch_event_target: {
    arn: by("target-moved", OTHER_QUEUE),
    "dead_letter_config.0.arn": by("dead-letters", ""),
    input: by("target-input", "{}"),
    input_path: by("target-input", "$.account"),
    "input_transformer.0.input_paths": by("target-input", { account: "$.id" }),
    "input_transformer.0.input_template": by("target-input", '"something"'),
    role_arn: by("role-changed", OTHER_ROLE),
    retry_policy: by("retries", [{ maximum_event_age_in_seconds: 86_400 }], []),
    http_target: by("target-moved", [{ path_parameter_values: ["other"] }]),
    sqs_target: by("target-moved", [], [{ message_group_id: "events" }]),
  },
  aws_cloudwatch_log_group: {
    retention_in_days: by("retention", 7),
    kms_key_id: by("encryption", ""),
    deletion_protection_enabled: by("deletion-protection", false, true),
  },
  aws_cloudwatch_log_metric_filter: {
    pattern: by("log-filter", "{ $.nothing = 1 }"),
    "metric_transformation.0.name": by("log-filter", "Other"),
    "metric_transformation.0.namespace": by("log-filter", "other"),
    "metric_transformation.0.value": by("log-filter", "0"),
    apply_on_transformed_logs: by("log-filter", true, false),
  },
  aws_cloudwatch_metric_alarm: {
    actions_enabled: by("alarm-silenced", false),
    alarm_actions: by("alarm-silenced", []),
    insufficient_data_actions: by("alarm-silenced", [], [OTHER_TOPIC]),
    threshold: by("alarm-silenced", 1_000, 0),
    treat_missing_data: by("alarm-silenced", "missing", "breaching"),
    comparison_operator: by("alarm-silenced", "LessThanThreshold", "GreaterThanThreshold"),
    datapoints_to_alarm: by("alarm-silenced", 5),
    dimensions: by("alarm-silenced", { QueueName: "other" }),
    "dimensions.QueueName": by("alarm-silenced", "other"),
    "dimensions.FunctionName": by("alarm-silenced", "other"),
    "dimensions.TopicName": by("alarm-silenced", "other"),
    "dimensions.ScheduleGroup": by("alarm-silenced", "other"),
    evaluate_low_sample_count_percentiles: by("alarm-silenced", "ignore", "evaluate"),
    evaluation_periods: by("alarm-silenced", 24),
    extended_statistic: by("alarm-silenced", "p10"),
    metric_name: by("alarm-silenced", "Other"),
    metric_query: by("alarm-silenced", [{ id: "m1" }]),
    namespace: by("alarm-silenced", "other"),
    period: by("alarm-silenced", 86_400),
    statistic: by("alarm-silenced", "Minimum"),
    threshold_metric_id: by("alarm-silenced", "m1"),
    unit: by("alarm-silenced", "Terabytes"),
  },
  aws_dynamodb_table: {
    billing_mode: by("capacity", "PROVISIONED"),
    deletion_protection_enabled: by("deletion-protection", false, true),
    "global_secondary_index.0.name": by("table-index", "other"),
    "global_secondary_index.0.hash_key": by("table-index", "sk"),
    "global_secondary_index.0.range_key": by("table-index", "sk"),
    on_demand_throughput: by("capacity", [{ max_write_request_units: 1 }]),
    "point_in_time_recovery.0.enabled": by("deletion-protection", false),
    "point_in_time_recovery.0.recovery_period_in_days": by("retention", 1),
    "server_side_encryption.0.enabled": by("encryption", false),
    "server_side_encryption.0.kms_key_arn": by("encryption", ""),
    "ttl.0.attribute_name": by("table-expiry", "closesAt"),
  },
  aws_iam_role: {
    assume_role_policy: by("policy-statement", EMPTY),
    inline_policy: by("role-permissions", [], [{ policy: SOME }], { of: "Trail", without: "aws_iam_role_policy" }),
    managed_policy_arns: by("role-permissions", [], [SOME_POLICY], { of: "Trail" }),
    permissions_boundary: by("role-permissions", "arn:aws:iam::111122223333:policy/boundary"),
  },
  aws_iam_role_policy: { policy: by("role-permissions", EMPTY) },
  aws_kms_key: {
    policy: by("policy-statement", EMPTY),
    is_enabled: by("key-disabled", false),
    enable_key_rotation: by("key-rotation", false),
    rotation_period_in_days: by("key-rotation", 2_560),
    deletion_window_in_days: by("key-deletion-window", 7),
  },
  aws_lambda_event_source_mapping: {
    enabled: by("function-trigger", false),
    filter_criteria: by("function-trigger", [{ filter: [{ pattern: "{}" }] }]),
    function_name: by("target-moved", "other"),
    function_response_types: by("function-trigger", []),
    batch_size: by("capacity", 10, 5),
    maximum_batching_window_in_seconds: by("message-delay", 300),
    maximum_record_age_in_seconds: by("retries", 60),
    maximum_retry_attempts: by("retries", 0),
    "scaling_config.0.maximum_concurrency": by("capacity", 2),
    destination_config: by("dead-letters", [], [{ on_failure: [{ destination_arn: OTHER_QUEUE }] }]),
  },
  aws_lambda_function: {
    role: by("role-changed", OTHER_ROLE),
    kms_key_arn: by("encryption", ""),
    reserved_concurrent_executions: by("function-stopped", 0),
    memory_size: by("capacity", 128),
    timeout: by("visibility-timeout", 900),
    ephemeral_storage: by("capacity", [], [{ size: 10_240 }]),
    "dead_letter_config.0.target_arn": by("dead-letters", ""),
    "environment.0.variables.SNS_TOPIC_ARN": by("function-environment", OTHER_TOPIC),
    "environment.0.variables.SEEN_TABLE": by("function-environment", "other"),
    "environment.0.variables.CHANNELS": by("function-environment", "[]"),
    "environment.0.variables.QUEUE_URL": by("function-environment", "https://sqs.us-east-1.amazonaws.com/1/other"),
    "environment.0.variables.CHAT_TOPIC_ARN": by("function-environment", OTHER_TOPIC),
    "environment.0.variables.PACKS": by("function-environment", '["cis"]'),
    "environment.0.variables.DISABLED_DETECTIONS": by("function-environment", "config-changed,guardduty-disabled"),
    "environment.0.variables.MAX_ALERTS_PER_HOUR": by("function-environment", "1"),
    "environment.0.variables.MAX_RECEIVES": by("function-environment", "1"),
    "environment.0.variables.DEAD_LETTER_QUEUES": by("function-environment", "nothing"),
    "environment.0.variables.METRICS_NAMESPACE": by("function-environment", "other"),
    "environment.0.variables.REGIONS": by("function-environment", "us-east-1"),
    "environment.0.variables.ORGANIZATION": by("function-environment", ""),
    "environment.0.variables.NAMES": by("function-environment", "{}"),
    "logging_config.0.log_format": by("function-log", "JSON"),
    "logging_config.0.log_group": by("function-log", "/elsewhere"),
    vpc_config: by("function-network", VPC),
  },
  aws_s3_bucket: {
    acl: by("policy-opened", "public-read"),
    policy: by("policy-opened", EVERYBODY, EMPTY, { without: "aws_s3_bucket_policy" }),
    force_destroy: by("force-destroy", true),
    grant: by("policy-opened", [{ uri: "http://acs.amazonaws.com/groups/global/AllUsers", permissions: ["READ"] }]),
    lifecycle_rule: by("retention", [{ enabled: true, expiration: [{ days: 1 }] }], [], {
      without: "aws_s3_bucket_lifecycle_configuration",
    }),
    logging: by("access-log", [], [{ target_bucket: "access-logs" }]),
    object_lock_configuration: by("object-lock", [], LOCKED),
    replication_configuration: by("replication", [], COPIED),
    server_side_encryption_configuration: by("encryption", [], KMS, {
      without: "aws_s3_bucket_server_side_encryption_configuration",
    }),
    versioning: by("versioning", [], [{ enabled: true }], { without: "aws_s3_bucket_versioning" }),
  },
  aws_s3_bucket_lifecycle_configuration: {
    "rule.0.expiration.0.days": by("retention", 1),
    "rule.0.filter.0.prefix": by("retention", "", "tmp/"),
    "rule.0.noncurrent_version_expiration.0.noncurrent_days": by("retention", 1),
    "rule.0.status": by("retention", "Enabled", "Disabled"),
    "rule.0.transition": by("storage-class", [{ days: 0, storage_class: "DEEP_ARCHIVE" }]),
  },
  aws_s3_bucket_policy: { policy: by("policy-statement", EMPTY) },
  aws_s3_bucket_public_access_block: {
    block_public_acls: by("public-access", false),
    block_public_policy: by("public-access", false),
    ignore_public_acls: by("public-access", false),
    restrict_public_buckets: by("public-access", false),
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    "rule.0.apply_server_side_encryption_by_default.0.sse_algorithm": by("encryption", "AES256"),
    "rule.0.apply_server_side_encryption_by_default.0.kms_master_key_id": by("encryption", ""),
  },
  aws_s3_bucket_versioning: { "versioning_configuration.0.status": by("versioning", "Suspended") },
  aws_scheduler_schedule: {
    state: by("schedule-disabled", "DISABLED"),
    schedule_expression: by("schedule-disabled", "rate(30 days)"),
    schedule_expression_timezone: by("schedule-disabled", "Asia/Tokyo"),
    start_date: by("schedule-disabled", "2099-01-01T00:00:00Z"),
    end_date: by("schedule-disabled", "2020-01-01T00:00:00Z"),
    kms_key_arn: by("encryption", ""),
    "flexible_time_window.0.maximum_window_in_minutes": by("schedule-disabled", 1_440),
    "target.0.arn": by("target-moved", OTHER_QUEUE),
    "target.0.dead_letter_config.0.arn": by("dead-letters", ""),
    "target.0.input": by("target-input", "{}"),
    "target.0.retry_policy.0.maximum_event_age_in_seconds": by("retries", 60),
    "target.0.retry_policy.0.maximum_retry_attempts": by("retries", 0),
    "target.0.role_arn": by("role-changed", OTHER_ROLE),
  },
  aws_sns_topic: {
    policy: by("policy-opened", EVERYBODY, EMPTY, { without: "aws_sns_topic_policy" }),
    kms_master_key_id: by("encryption", ""),
    delivery_policy: by("retries", '{"http":{"defaultHealthyRetryPolicy":{"numRetries":0}}}'),
  },
  aws_sns_topic_policy: { policy: by("policy-statement", EMPTY, undefined, { of: "Urgent" }) },
  aws_sns_topic_subscription: {
    filter_policy: by("subscription-filter", '{"severity":["never"]}'),
    filter_policy_scope: by("subscription-filter", "MessageBody", "MessageAttributes", {
      besides: { filter_policy: '{"severity":["high"]}' },
    }),
    redrive_policy: by("dead-letters", ""),
    raw_message_delivery: by("target-input", false, true),
    delivery_policy: by("retries", '{"healthyRetryPolicy":{"numRetries":0}}'),
    subscription_role_arn: by("role-changed", "", OTHER_ROLE),
  },
  aws_sqs_queue: {
    policy: by("policy-opened", EVERYBODY, EMPTY, { without: "aws_sqs_queue_policy" }),
    delay_seconds: by("message-delay", 900),
    kms_master_key_id: by("encryption", "alias/aws/sqs"),
    max_message_size: by("message-size", 1_024),
    message_retention_seconds: by("retention", 60),
    redrive_allow_policy: by("dead-letters", '{"redrivePermission":"denyAll"}'),
    redrive_policy: by("dead-letters", ""),
    sqs_managed_sse_enabled: by("encryption", false),
    visibility_timeout_seconds: by("visibility-timeout", 1),
  },
  aws_sqs_queue_policy: { policy: by("policy-statement", EMPTY, undefined, { of: "EventsQueue_Policy" }) },
  aws_sqs_queue_redrive_allow_policy: {
    redrive_allow_policy: by("dead-letters", JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [] })),
  },
};
