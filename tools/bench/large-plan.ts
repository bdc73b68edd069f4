// Over 250 lines: one table of resources.
type Values = Readonly<Record<string, unknown>>;

const ACCOUNT = "111122223333";
/** Which share of the resources is changed how, of ten. */
const ACTIONS = ["no-op", "no-op", "no-op", "no-op", "no-op", "update", "update", "update", "create", "delete"];

/**
 * A plan of an estate as `terraform show -json` writes it: 24 resources of a CloudTrail monitor for each 1,000, among
 * services' roles, functions, queues, topics, buckets, rules and their like; half of them change.
 *
 * @param size resource changes
 */
export function largePlan(size: number): string {
  const resources = Array.from({ length: size }, (_, number) => resource(number));
  const changes = resources.map(({ address, type, values }, number) => {
    const action = String(ACTIONS[number % ACTIONS.length]);
    const [before, after] = [action === "create" ? null : values, action === "delete" ? null : values];
    const changed = action === "update" ? { ...values, tags: { release: `r${number}` } } : after;
    return {
      ...named(address, type),
      change: {
        actions: [action],
        before,
        after: changed,
        after_unknown: action === "create" ? { arn: true } : {},
        before_sensitive: {},
        after_sensitive: {},
      },
    };
  });
  const state = resources.map(({ address, type, values }) => ({
    ...named(address, type),
    schema_version: 1,
    values,
    sensitive_values: {},
  }));
  const configured = resources.map(({ address, type }) => ({
    ...named(address, type),
    expressions: { name: { constant_value: address }, tags: { references: ["local.tags", "var.release"] } },
  }));
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { resources: state } },
    resource_changes: changes,
    prior_state: { format_version: "1.0", values: { root_module: { resources: state } } },
    configuration: { root_module: { resources: configured } },
    complete: true,
    errored: false,
  });
}

function named(address: string, type: string): Values {
  return {
    address,
    mode: "managed",
    type,
    name: address.slice(type.length + 1),
    provider_name: "registry.terraform.io/hashicorp/aws",
  };
}

function resource(number: number): { readonly address: string; readonly type: string; readonly values: Values } {
  const kinds = Object.entries(number % 1000 < 24 ? MONITOR : ESTATE);
  const [type, make] = kinds[number % kinds.length] as [string, (name: string) => Values];
  const name = `r${Math.floor(number / 24)}`;
  return {
    address: `${type}.r${number}`,
    type,
    values: { ...make(name), ...UNUSED, tags: { team: "payments" }, tags_all: { team: "payments" } },
  };
}

/** The provider writes every attribute that a type has, most of them empty. */
const UNUSED: Values = Object.fromEntries(
  Array.from({ length: 30 }, (_, number) => [`some_optional_setting_${number}`, number % 3 === 0 ? [] : null]),
);

function arn(service: string, rest: string): string {
  return `arn:aws:${service}:us-east-1:${ACCOUNT}:${rest}`;
}

function policy(action: string, service: string): string {
  const statement = {
    Effect: "Allow",
    Principal: { Service: service },
    Action: action,
    Resource: "*",
    Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

const MONITOR: Readonly<Record<string, (name: string) => Values>> = {
  aws_cloudtrail: (name) => ({
    arn: arn("cloudtrail", `trail/${name}`),
    id: name,
    name,
    s3_bucket_name: `${name}-logs`,
    sns_topic_name: name,
    enable_logging: true,
    is_multi_region_trail: true,
    event_selector: [],
    advanced_event_selector: [],
  }),
  aws_s3_bucket: (name) => ({
    arn: `arn:aws:s3:::${name}-logs`,
    id: `${name}-logs`,
    bucket: `${name}-logs`,
    force_destroy: false,
    lifecycle_rule: [],
    versioning: [{ enabled: true }],
  }),
  aws_s3_bucket_policy: (name) => ({
    id: `${name}-logs`,
    bucket: `${name}-logs`,
    policy: policy("s3:PutObject", "cloudtrail.amazonaws.com"),
  }),
  aws_sns_topic: (name) => ({
    arn: arn("sns", name),
    id: arn("sns", name),
    name,
    policy: policy("sns:Publish", "events.amazonaws.com"),
  }),
  aws_cloudwatch_event_rule: (name) => ({
    arn: arn("events", `rule/${name}`),
    id: name,
    name,
    state: "ENABLED",
    event_pattern: JSON.stringify({
      source: ["aws.iam"],
      "detail-type": ["AWS API Call via CloudTrail"],
      detail: { eventName: ["CreateUser"] },
    }),
  }),
  aws_cloudwatch_event_target: (name) => ({
    id: name,
    rule: name,
    arn: arn("sqs", name),
    dead_letter_config: [{ arn: arn("sqs", `${name}-dead`) }],
  }),
  aws_sqs_queue: (name) => ({
    arn: arn("sqs", name),
    id: name,
    url: `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/${name}`,
    name,
    message_retention_seconds: 345600,
    policy: "",
  }),
  aws_sns_topic_subscription: (name) => ({
    arn: arn("sns", `${name}:1`),
    id: arn("sns", `${name}:1`),
    topic_arn: arn("sns", name),
    protocol: "email",
    endpoint: "oncall@example.com",
    filter_policy: "",
  }),
};

const ESTATE: Readonly<Record<string, (name: string) => Values>> = {
  aws_iam_role: (name) => ({
    arn: `arn:aws:iam::${ACCOUNT}:role/svc-${name}`,
    id: `svc-${name}`,
    name: `svc-${name}`,
    assume_role_policy: policy("sts:AssumeRole", "ecs-tasks.amazonaws.com"),
    inline_policy: [],
    managed_policy_arns: [],
  }),
  aws_iam_role_policy: (name) => ({
    id: `svc-${name}:use`,
    name: "use",
    role: `svc-${name}`,
    policy: policy("dynamodb:Query", "ecs-tasks.amazonaws.com"),
  }),
  aws_lambda_function: (name) => ({
    arn: arn("lambda", `function:svc-${name}`),
    id: `svc-${name}`,
    function_name: `svc-${name}`,
    role: `arn:aws:iam::${ACCOUNT}:role/svc-${name}`,
    memory_size: 512,
    environment: [{ variables: { TABLE: `svc-${name}`, STAGE: "live" } }],
  }),
  aws_cloudwatch_log_group: (name) => ({
    arn: arn("logs", `log-group:/svc/${name}`),
    id: `/svc/${name}`,
    name: `/svc/${name}`,
    retention_in_days: 30,
  }),
  aws_sqs_queue: (name) => ({
    arn: arn("sqs", `svc-${name}`),
    id: `svc-${name}`,
    url: `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/svc-${name}`,
    name: `svc-${name}`,
    redrive_policy: JSON.stringify({ deadLetterTargetArn: arn("sqs", `svc-${name}-dead`), maxReceiveCount: 5 }),
  }),
  aws_s3_bucket: (name) => ({
    arn: `arn:aws:s3:::svc-${name}`,
    id: `svc-${name}`,
    bucket: `svc-${name}`,
    force_destroy: true,
    lifecycle_rule: [],
    versioning: [{ enabled: false }],
    grant: [],
  }),
  aws_s3_bucket_policy: (name) => ({
    id: `svc-${name}`,
    bucket: `svc-${name}`,
    policy: policy("s3:PutObject", "delivery.logs.amazonaws.com"),
  }),
  aws_s3_bucket_public_access_block: (name) => ({
    id: `svc-${name}`,
    bucket: `svc-${name}`,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  }),
  aws_security_group_rule: (name) => ({
    id: `sgr-${name}`,
    security_group_id: `sg-${name}`,
    type: "ingress",
    protocol: "tcp",
    from_port: 443,
    to_port: 443,
    cidr_blocks: ["10.0.0.0/8"],
  }),
  aws_cloudwatch_event_rule: (name) => ({
    arn: arn("events", `rule/svc-${name}`),
    id: `svc-${name}`,
    name: `svc-${name}`,
    state: "ENABLED",
    event_pattern: JSON.stringify({ source: ["com.example.orders"], "detail-type": ["OrderPlaced"] }),
  }),
  aws_cloudwatch_metric_alarm: (name) => ({
    arn: arn("cloudwatch", `alarm:svc-${name}`),
    id: `svc-${name}`,
    alarm_name: `svc-${name}`,
    namespace: "AWS/SQS",
    metric_name: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: `svc-${name}` },
    alarm_actions: [arn("sns", "pager")],
    actions_enabled: true,
  }),
  aws_dynamodb_table: (name) => ({
    arn: arn("dynamodb", `table/svc-${name}`),
    id: `svc-${name}`,
    name: `svc-${name}`,
    billing_mode: "PAY_PER_REQUEST",
    hash_key: "id",
    attribute: [{ name: "id", type: "S" }],
    server_side_encryption: [],
  }),
};
