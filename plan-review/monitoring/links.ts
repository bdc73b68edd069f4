/** How resources of the AWS provider refer to one another, as far as monitoring is passed on that way. */
export interface Link {
  readonly from: string;
  /** Path to the value; `*` stands for every element, `json` for the JSON in a text, `alarms` for those that a rule names, `metrics` for a namespace. */
  readonly path: string;
  readonly to: readonly string[];
  /**
   * Who belongs to the monitoring because of the other: `forward` what is referred to (a trail's bucket), `back` what refers
   * (a bucket's policy).
   */
  readonly passes: "forward" | "back";
  /** What the one that comes to belong is to the other. */
  readonly as: string;
}

const KEY = ["aws_kms_key", "aws_kms_replica_key", "aws_kms_alias"];
const TOPIC = ["aws_sns_topic"];
const QUEUE = ["aws_sqs_queue"];
const FUNCTION = ["aws_lambda_function", "aws_lambda_alias"];
const ROLE = ["aws_iam_role"];
const BUCKET = ["aws_s3_bucket"];
const GROUP = ["aws_cloudwatch_log_group"];
const RULE = ["aws_cloudwatch_event_rule"];
const STREAM = ["aws_kinesis_stream", "aws_kinesis_firehose_delivery_stream"];
const BUS = ["aws_cloudwatch_event_bus"];
const BUS_POLICY = ["aws_cloudwatch_event_bus_policy"];
const ALARM = ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"];
/** What a metric is about, by the name of the dimension. */
const DIMENSIONS: Readonly<Record<string, readonly string[]>> = {
  QueueName: QUEUE,
  FunctionName: FUNCTION,
  TopicName: TOPIC,
  RuleName: RULE,
  TableName: ["aws_dynamodb_table"],
  LogGroupName: GROUP,
  ScheduleGroup: ["aws_scheduler_schedule_group"],
};
const RECEIVER = [
  ...TOPIC,
  ...QUEUE,
  ...FUNCTION,
  ...GROUP,
  ...STREAM,
  "aws_sfn_state_machine",
  ...BUS,
  "aws_cloudwatch_event_api_destination",
];

/** `from` belongs to the monitoring, hence what it refers to. */
function uses(from: string, path: string, to: readonly string[], as: string): Link {
  return { from, path, to, passes: "forward", as };
}

/** What it refers to belongs to the monitoring, hence `from`. */
function belongs(from: string, path: string, to: readonly string[], as: string): Link {
  return { from, path, to, passes: "back", as };
}

export const LINKS: readonly Link[] = [
  uses("aws_cloudtrail", "s3_bucket_name", BUCKET, "the bucket of"),
  uses("aws_cloudtrail", "kms_key_id", KEY, "the key of"),
  uses("aws_cloudtrail", "sns_topic_name", TOPIC, "the topic of"),
  uses("aws_cloudtrail", "sns_topic_arn", TOPIC, "the topic of"),
  uses("aws_cloudtrail", "cloud_watch_logs_group_arn", GROUP, "the log group of"),
  uses("aws_cloudtrail", "cloud_watch_logs_role_arn", ROLE, "the role of"),
  uses("aws_cloudtrail_event_data_store", "kms_key_id", KEY, "the key of"),

  ...[
    "aws_s3_bucket_policy",
    "aws_s3_bucket_versioning",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_object_lock_configuration",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_acl",
    "aws_s3_bucket_notification",
    "aws_s3_bucket_logging",
    "aws_s3_bucket_replication_configuration",
  ].map((type) => belongs(type, "bucket", BUCKET, "a setting of")),
  uses("aws_s3_bucket_policy", "bucket", BUCKET, "the bucket of"),
  uses(
    "aws_s3_bucket_server_side_encryption_configuration",
    "rule.*.apply_server_side_encryption_by_default.*.kms_master_key_id",
    KEY,
    "the key of",
  ),
  uses(
    "aws_s3_bucket",
    "server_side_encryption_configuration.*.rule.*.apply_server_side_encryption_by_default.*.kms_master_key_id",
    KEY,
    "the key of",
  ),
  uses("aws_s3_bucket_notification", "queue.*.queue_arn", QUEUE, "notified of log files by"),
  uses("aws_s3_bucket_notification", "topic.*.topic_arn", TOPIC, "notified of log files by"),
  uses("aws_s3_bucket_notification", "lambda_function.*.lambda_function_arn", FUNCTION, "notified of log files by"),

  uses("aws_s3_bucket_replication_configuration", "role", ROLE, "the role of"),
  uses("aws_s3_bucket_replication_configuration", "rule.*.destination.*.bucket", BUCKET, "the copy of"),

  // By way of EventBridge.
  belongs("aws_cloudwatch_event_rule", "event_pattern.json.detail.bucket.name.*", BUCKET, "notified of log files by"),

  belongs("aws_kms_key_policy", "key_id", KEY, "the policy of"),
  uses("aws_kms_key_policy", "key_id", KEY, "the key of"),
  uses("aws_kms_alias", "target_key_id", KEY, "the key of"),
  uses("aws_kms_replica_key", "primary_key_arn", KEY, "the primary key of"),

  uses("aws_cloudwatch_event_rule", "event_bus_name", [...BUS, ...BUS_POLICY], "the bus of"),
  belongs("aws_cloudwatch_event_bus_policy", "event_bus_name", BUS, "the policy of"),
  uses("aws_cloudwatch_event_bus", "kms_key_identifier", KEY, "the key of"),
  uses("aws_cloudwatch_event_bus", "dead_letter_config.*.arn", QUEUE, "the dead-letter queue of"),
  uses(
    "aws_cloudwatch_event_api_destination",
    "connection_arn",
    ["aws_cloudwatch_event_connection"],
    "the connection of",
  ),
  belongs("aws_cloudwatch_event_target", "rule", RULE, "a target of"),
  uses("aws_cloudwatch_event_target", "arn", RECEIVER, "the receiver of"),
  // A default bus is no resource, but its policy is.
  uses("aws_cloudwatch_event_target", "arn", BUS_POLICY, "the policy of the receiver of"),
  uses("aws_cloudwatch_event_target", "role_arn", ROLE, "the role of"),
  uses("aws_cloudwatch_event_target", "dead_letter_config.*.arn", QUEUE, "the dead-letter queue of"),
  // A schedule, or another rule, that feeds what handles events.
  belongs("aws_cloudwatch_event_target", "arn", [...QUEUE, ...FUNCTION], "feeds"),
  uses("aws_cloudwatch_event_target", "rule", RULE, "the rule of"),

  ...["aws_cloudformation_stack_set_instance", "aws_cloudformation_stack_instances"].map((type) =>
    belongs(type, "stack_set_name", ["aws_cloudformation_stack_set"], "deploys"),
  ),

  // Not what only leads to a topic: those are shared.
  belongs("aws_pipes_pipe", "source", [...QUEUE, "aws_kinesis_stream"], "a reader of"),
  belongs("aws_pipes_pipe", "target", [...QUEUE, ...FUNCTION], "feeds"),
  uses("aws_pipes_pipe", "source", [...QUEUE, "aws_kinesis_stream"], "the source of"),
  uses("aws_pipes_pipe", "enrichment", FUNCTION, "the enrichment of"),
  uses("aws_pipes_pipe", "target", RECEIVER, "the receiver of"),
  uses("aws_pipes_pipe", "role_arn", ROLE, "the role of"),
  uses("aws_sfn_state_machine", "role_arn", ROLE, "the role of"),
  uses("aws_kinesis_stream", "kms_key_id", KEY, "the key of"),
  belongs(
    "aws_kinesis_firehose_delivery_stream",
    "kinesis_source_configuration.*.kinesis_stream_arn",
    ["aws_kinesis_stream"],
    "a reader of",
  ),
  uses("aws_kinesis_firehose_delivery_stream", "extended_s3_configuration.*.bucket_arn", BUCKET, "the bucket of"),

  belongs("aws_sns_topic_policy", "arn", TOPIC, "the policy of"),
  belongs("aws_sns_topic_data_protection_policy", "arn", TOPIC, "a policy of"),
  uses("aws_sns_topic_policy", "arn", TOPIC, "the topic of"),
  belongs("aws_sns_topic_subscription", "topic_arn", TOPIC, "a subscription of"),
  belongs("aws_chatbot_slack_channel_configuration", "sns_topic_arns.*", TOPIC, "a subscriber of"),
  belongs("aws_chatbot_teams_channel_configuration", "sns_topic_arns.*", TOPIC, "a subscriber of"),
  uses("aws_sns_topic", "kms_master_key_id", KEY, "the key of"),
  uses("aws_sns_topic_subscription", "endpoint", [...QUEUE, ...FUNCTION], "the receiver of"),
  uses("aws_sns_topic_subscription", "subscription_role_arn", ROLE, "the role of"),
  uses("aws_sns_topic_subscription", "redrive_policy.json.deadLetterTargetArn", QUEUE, "the dead-letter queue of"),

  belongs("aws_sqs_queue_policy", "queue_url", QUEUE, "the policy of"),
  belongs("aws_sqs_queue_redrive_policy", "queue_url", QUEUE, "the redrive policy of"),
  uses("aws_sqs_queue_redrive_policy", "redrive_policy.json.deadLetterTargetArn", QUEUE, "the dead-letter queue of"),
  belongs("aws_sqs_queue_redrive_allow_policy", "queue_url", QUEUE, "a setting of"),
  uses("aws_sqs_queue", "kms_master_key_id", KEY, "the key of"),
  uses("aws_sqs_queue", "redrive_policy.json.deadLetterTargetArn", QUEUE, "the dead-letter queue of"),

  belongs("aws_lambda_event_source_mapping", "event_source_arn", [...QUEUE, "aws_kinesis_stream"], "a reader of"),
  uses(
    "aws_lambda_event_source_mapping",
    "destination_config.*.on_failure.*.destination_arn",
    [...QUEUE, ...TOPIC],
    "the dead-letter queue of",
  ),
  belongs("aws_lambda_event_source_mapping", "function_name", FUNCTION, "feeds"),
  uses("aws_lambda_event_source_mapping", "function_name", FUNCTION, "the function of"),
  uses("aws_lambda_event_source_mapping", "event_source_arn", QUEUE, "the queue of"),
  belongs("aws_lambda_permission", "function_name", FUNCTION, "a permission of"),
  belongs("aws_lambda_function_event_invoke_config", "function_name", FUNCTION, "a setting of"),
  uses(
    "aws_lambda_function_event_invoke_config",
    "destination_config.*.on_failure.*.destination",
    [...QUEUE, ...TOPIC],
    "the dead-letter queue of",
  ),
  uses("aws_lambda_alias", "function_name", FUNCTION, "the function of"),
  uses("aws_lambda_function", "role", ROLE, "the role of"),
  uses("aws_lambda_function", "kms_key_arn", KEY, "the key of"),
  uses("aws_lambda_function", "dead_letter_config.*.target_arn", [...QUEUE, ...TOPIC], "the dead-letter queue of"),
  uses("aws_lambda_function", "logging_config.*.log_group", GROUP, "the log group of"),
  uses("aws_lambda_function", "environment.*.variables.*", [...TOPIC, ...QUEUE, "aws_dynamodb_table"], "used by"),
  uses("aws_dynamodb_table", "server_side_encryption.*.kms_key_arn", KEY, "the key of"),

  belongs("aws_iam_role_policy", "role", ROLE, "a policy of"),
  belongs("aws_iam_role_policy_attachment", "role", ROLE, "a policy of"),
  uses("aws_iam_role_policy_attachment", "policy_arn", ["aws_iam_policy"], "the policy of"),
  ...["aws_iam_role_policies_exclusive", "aws_iam_role_policy_attachments_exclusive"].map((type) =>
    belongs(type, "role_name", ROLE, "lists all policies of"),
  ),
  belongs("aws_iam_policy_attachment", "roles.*", ROLE, "a policy of"),
  uses("aws_iam_policy_attachment", "policy_arn", ["aws_iam_policy"], "the policy of"),

  uses("aws_cloudwatch_log_group", "kms_key_id", KEY, "the key of"),
  belongs(
    "aws_cloudwatch_log_resource_policy",
    "policy_document.json.Statement.*.Resource",
    GROUP,
    "lets services write to",
  ),
  belongs(
    "aws_cloudwatch_log_resource_policy",
    "policy_document.json.Statement.*.Resource.*",
    GROUP,
    "lets services write to",
  ),
  belongs("aws_cloudwatch_log_data_protection_policy", "log_group_name", GROUP, "a policy of"),
  belongs("aws_cloudwatch_log_metric_filter", "log_group_name", GROUP, "counts in"),
  uses("aws_cloudwatch_log_metric_filter", "log_group_name", GROUP, "the log group of"),
  belongs("aws_cloudwatch_log_subscription_filter", "log_group_name", GROUP, "reads"),
  uses("aws_cloudwatch_log_subscription_filter", "log_group_name", GROUP, "the log group of"),
  uses("aws_cloudwatch_log_subscription_filter", "destination_arn", [...FUNCTION, ...STREAM], "the receiver of"),
  uses("aws_cloudwatch_log_subscription_filter", "role_arn", ROLE, "the role of"),

  // Of the metric itself, or of those that an expression is about.
  ...["", "metric_query.*.metric.*."].flatMap((metric) => [
    ...Object.entries(DIMENSIONS).map(([name, to]) =>
      belongs("aws_cloudwatch_metric_alarm", `${metric}dimensions.${name}`, to, "an alarm of"),
    ),
    // A metric filter's alarm names the metric: the filter's tokens have it.
    belongs("aws_cloudwatch_metric_alarm", `${metric}metric_name`, ["aws_cloudwatch_log_metric_filter"], "an alarm of"),
  ]),
  // A metric that a function of this stack counts itself has no dimension.
  belongs("aws_cloudwatch_metric_alarm", "namespace.metrics", ["aws_lambda_function"], "an alarm of"),
  belongs("aws_cloudwatch_composite_alarm", "alarm_rule.alarms", ALARM, "fires by"),
  ...ALARM.flatMap((alarm) => [
    uses(alarm, "alarm_actions.*", TOPIC, "the topic of"),
    uses(alarm, "alarm_actions.*", FUNCTION, "called by"),
  ]),
  // By way of EventBridge.
  belongs("aws_cloudwatch_event_rule", "event_pattern.json.detail.alarmName.*", ALARM, "passes on"),
  belongs("aws_cloudwatch_event_rule", "event_pattern.json.resources.*", ALARM, "passes on"),
  belongs("aws_cloudwatch_alarm_mute_rule", "mute_targets.*.alarm_names.*", ALARM, "mutes"),

  belongs("aws_scheduler_schedule", "target.*.arn", [...QUEUE, ...FUNCTION], "a schedule of"),
  uses("aws_scheduler_schedule", "target.*.role_arn", ROLE, "the role of"),
  uses("aws_scheduler_schedule", "target.*.dead_letter_config.*.arn", QUEUE, "the dead-letter queue of"),
  uses("aws_scheduler_schedule", "group_name", ["aws_scheduler_schedule_group"], "the group of"),
  uses("aws_scheduler_schedule", "kms_key_arn", KEY, "the key of"),
];
