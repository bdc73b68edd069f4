const EVERYWHERE: Readonly<Record<string, string>> = {
  id: "made up by AWS",
  tags: "for people and bills",
  tags_all: "for people and bills",
  region: "can't be changed in place",
  timeouts: "how long Terraform waits",
  description: "for people",
  name: "can't be changed in place",
  name_prefix: "can't be changed in place",
};

/** Can't be changed in place: what is made anew is refused by `destroyed`. */
const ANEW = "can't be changed in place";
const CODE = "code, which changes with every release: it is listed";
const CALLER = "as whom Terraform asks: AWS refuses the wrong one";
const PACE = "how fast it goes, and when it stops with an error";
const STREAMS = "of streams, which no queue is";
const FIFO = "of FIFO queues and topics, to which neither CloudTrail nor alarms send";
const NO_RECEIVER = "of targets that the stack has none of";

/** Arguments of which no value loses, delays or garbles an alert, by type, with the reason why. */
const BY_TYPE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_cloudformation_stack_set: {
    "auto_deployment.retain_stacks_on_account_removal": "of accounts that leave the organization",
    call_as: CALLER,
    managed_execution: "whether operations wait for one another",
    operation_preferences: PACE,
    permission_model: ANEW,
  },
  aws_cloudformation_stack_set_instance: {
    account_id: ANEW,
    call_as: CALLER,
    operation_preferences: PACE,
    retain_stack: "what becomes of stacks when it is destroyed, which is refused",
    stack_set_instance_region: ANEW,
    stack_set_name: ANEW,
  },
  aws_cloudwatch_event_bus_policy: { event_bus_name: ANEW },
  aws_cloudtrail: { "advanced_event_selector.name": "for people" },
  aws_cloudwatch_event_rule: {
    event_bus_name: ANEW,
    force_destroy: "whether rules that a service manages may be destroyed",
  },
  aws_cloudwatch_event_target: {
    event_bus_name: ANEW,
    rule: ANEW,
    target_id: ANEW,
    force_destroy: "whether rules that a service manages may be destroyed",
    appsync_target: NO_RECEIVER,
    batch_target: NO_RECEIVER,
    ecs_target: NO_RECEIVER,
    kinesis_target: NO_RECEIVER,
    redshift_target: NO_RECEIVER,
    run_command_targets: NO_RECEIVER,
    sagemaker_pipeline_target: NO_RECEIVER,
  },
  aws_cloudwatch_log_group: {
    log_group_class: ANEW,
    skip_destroy: "what becomes of it when it is destroyed, which is refused",
  },
  aws_cloudwatch_log_metric_filter: { log_group_name: ANEW },
  aws_cloudwatch_metric_alarm: {
    alarm_name: ANEW,
    alarm_description: "for people; that the alarm fires is reported without it",
    ok_actions: "notifies that the alarm is over: no one misses an alarm by it",
  },
  aws_dynamodb_table: {
    hash_key: ANEW,
    range_key: ANEW,
    "attribute.name": "of keys only: evaluated with them",
    "attribute.type": ANEW,
    "global_secondary_index.projection_type": "the function asks for keys only, which every index has",
    local_secondary_index: ANEW,
    read_capacity: "on demand; evaluated where the table is provisioned",
    write_capacity: "on demand; evaluated where the table is provisioned",
    warm_throughput: "can only grow",
    table_class: "a matter of price",
    stream_enabled: "no one reads a stream of the table",
    stream_view_type: "no one reads a stream of the table",
    replica: "there is one region",
    global_table_witness: "there is one region",
    import_table: "counts when the table is made",
    restore_date_time: "counts when the table is made",
    restore_source_name: "counts when the table is made",
    restore_source_table_arn: "counts when the table is made",
    restore_to_latest_time: "counts when the table is made",
    "ttl.enabled": "off, the table only grows",
  },
  aws_iam_role: {
    path: ANEW,
    force_detach_policies: "what becomes of policies when it is destroyed, which is refused",
    max_session_duration: "services renew their sessions",
  },
  aws_iam_role_policy: { role: ANEW },
  aws_kms_alias: { target_key_id: "nothing in the stack names a key by its alias" },
  aws_kms_key: {
    bypass_policy_lockout_safety_check: "who may change the policy is decided by the policy",
    custom_key_store_id: ANEW,
    customer_master_key_spec: ANEW,
    key_usage: ANEW,
    multi_region: ANEW,
    xks_key_id: ANEW,
  },
  aws_lambda_event_source_mapping: {
    event_source_arn: ANEW,
    bisect_batch_on_function_error: STREAMS,
    parallelization_factor: STREAMS,
    starting_position: STREAMS,
    starting_position_timestamp: STREAMS,
    tumbling_window_in_seconds: STREAMS,
    kms_key_arn: "encrypts the filter, which is evaluated",
    metrics_config: "metrics about the mapping",
    provisioned_poller_config: "more pollers than Lambda has by itself",
    queues: "of message brokers",
    topics: "of message brokers",
    amazon_managed_kafka_event_source_config: "of message brokers",
    self_managed_event_source: "of message brokers",
    self_managed_kafka_event_source_config: "of message brokers",
    source_access_configuration: "of message brokers",
    document_db_event_source_config: "of databases",
  },
  aws_lambda_function: {
    function_name: ANEW,
    architectures: CODE,
    code_signing_config_arn: CODE,
    filename: CODE,
    handler: CODE,
    image_config: CODE,
    image_uri: CODE,
    layers: CODE,
    package_type: ANEW,
    runtime: CODE,
    s3_bucket: CODE,
    s3_key: CODE,
    s3_object_version: CODE,
    source_code_hash: CODE,
    source_kms_key_arn: CODE,
    file_system_config: CODE,
    publish: "versions, which nothing names here",
    publish_to: "versions, which nothing names here",
    snap_start: "how fast it starts",
    tracing_config: "traces for people",
    durable_config: ANEW,
    capacity_provider_config: ANEW,
    tenancy_config: ANEW,
    "environment.variables.INCIDENT_MINUTES": "which alerts belong together: each is sent, whatever it says",
    replace_security_groups_on_destroy: "what becomes of networks when it is destroyed, which is refused",
    replacement_security_group_ids: "what becomes of networks when it is destroyed, which is refused",
    skip_destroy: "what becomes of it when it is destroyed, which is refused",
  },
  aws_s3_bucket: {
    bucket: ANEW,
    bucket_prefix: ANEW,
    object_lock_enabled: ANEW,
    acceleration_status: "a matter of speed and price",
    cors_rule: "for browsers, which need rights besides",
    website: "for browsers, which need rights besides",
    request_payer: "a matter of price",
  },
  aws_s3_bucket_lifecycle_configuration: {
    bucket: ANEW,
    expected_bucket_owner: ANEW,
    transition_default_minimum_object_size: "a matter of price",
    "rule.id": "for people",
    "rule.abort_incomplete_multipart_upload.days_after_initiation": "CloudTrail uploads whole objects",
  },
  aws_s3_bucket_ownership_controls: {
    bucket: ANEW,
    "rule.object_ownership": "opens nothing: ACLs and the public access block are evaluated",
  },
  aws_s3_bucket_policy: { bucket: ANEW },
  aws_s3_bucket_public_access_block: {
    bucket: ANEW,
    skip_destroy: "what becomes of it when it is destroyed, which is refused",
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    bucket: ANEW,
    expected_bucket_owner: ANEW,
    "rule.blocked_encryption_types":
      "bars a way to write that CloudTrail doesn't use; what is overwritten stays as a version",
    "rule.bucket_key_enabled": "a matter of price",
  },
  aws_s3_bucket_versioning: { bucket: ANEW, expected_bucket_owner: ANEW, mfa: "the code with which a plan is applied" },
  aws_scheduler_schedule: {
    group_name: ANEW,
    action_after_completion: "counts after `end_date`, which is evaluated",
    "flexible_time_window.mode": "flexible, it has a window, which is evaluated",
  },
  aws_sns_topic: {
    archive_policy: FIFO,
    content_based_deduplication: FIFO,
    fifo_throughput_scope: FIFO,
    fifo_topic: ANEW,
    display_name: "whom mails and text messages come from",
    signature_version: "how HTTPS subscribers check who sends",
    tracing_config: "traces for people",
    ...Object.fromEntries(
      ["application", "firehose", "http", "lambda", "sqs"].flatMap((protocol) =>
        ["failure_feedback_role_arn", "success_feedback_role_arn", "success_feedback_sample_rate"].map((name) => [
          `${protocol}_${name}`,
          "logs about deliveries, which nothing counts in",
        ]),
      ),
    ),
  },
  aws_sns_topic_policy: { arn: ANEW },
  aws_sns_topic_subscription: {
    endpoint: ANEW,
    protocol: ANEW,
    topic_arn: ANEW,
    confirmation_timeout_in_minutes: "counts when it is made",
    endpoint_auto_confirms: "counts when it is made",
    replay_policy: FIFO,
  },
  aws_sqs_queue: {
    content_based_deduplication: FIFO,
    deduplication_scope: FIFO,
    fifo_queue: ANEW,
    fifo_throughput_limit: FIFO,
    kms_data_key_reuse_period_seconds: "a matter of price",
    receive_wait_time_seconds: "Lambda waits as long as it likes",
  },
  aws_sqs_queue_policy: { queue_url: ANEW },
  aws_sqs_queue_redrive_allow_policy: { queue_url: ANEW },
};

/** Why no change of an argument needs to be reported; undefined when it isn't listed. The path has no places in lists. */
export function harmlessBecause(type: string, path: string): string | undefined {
  return BY_TYPE[type]?.[path] ?? EVERYWHERE[path];
}

/** All that is listed of a type. */
export function harmlessOf(type: string): readonly string[] {
  return Object.keys(BY_TYPE[type] ?? {});
}
