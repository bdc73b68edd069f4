import { describe, expect, test } from "@jest/globals";
import { Monitoring, type Reason } from "../../plan-review/monitoring/monitoring";
import { planOf } from "../../plan-review/plan/read-plan";
import { baseline, type Entry, entry, planWith, valuesOf } from "./plans";

const ACCOUNT = "123456789012";
const RULE = 'aws_cloudwatch_event_rule.users["iam"]';

function here(address: string, values: object): Entry {
  return entry(address, ["no-op"], values, values);
}

/** Of a plan of nothing but these. */
function watched(entries: readonly Entry[], more: object = {}): Readonly<Record<string, Reason>> {
  const monitoring = new Monitoring(planOf({ format_version: "1.2", resource_changes: entries, ...more }));
  const reasons = entries.map(({ address }) => [address, monitoring.reason(address)] as const);
  return Object.fromEntries(reasons.flatMap(([address, reason]) => (reason ? [[address, reason]] : [])));
}

function rule(event_pattern: unknown): Entry {
  const text = typeof event_pattern === "string" ? event_pattern : JSON.stringify(event_pattern);
  return here("aws_cloudwatch_event_rule.x", { name: "x", event_pattern: text, schedule_expression: "" });
}

function letting(service: string): string {
  return JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { Service: [service] }, Action: "*", Resource: "*" }],
  });
}

test("every resource of an baseline's monitoring is found, by way of one that is", () => {
  const reasons = watched(baseline());

  expect(Object.keys(reasons).sort()).toEqual(
    baseline()
      .map(({ address }) => address)
      .sort(),
  );
  expect(reasons["aws_s3_bucket.audit"]).toEqual({
    text: "the bucket of",
    other: "module.audit.aws_cloudtrail.main",
    certain: true,
  });
  expect(reasons["aws_cloudwatch_metric_alarm.root"]).toMatchObject({ other: "aws_cloudwatch_log_metric_filter.root" });
  expect(reasons["aws_dynamodb_table.seen"]).toMatchObject({ other: "aws_lambda_function.judge" });
});

test("without the trail, the rules and the filters, and without policies that let CloudTrail in, nothing is", () => {
  const roots = ["aws_cloudtrail", "aws_cloudwatch_event_rule", "aws_cloudwatch_log_metric_filter"];
  const rest = baseline().filter(({ type }) => !roots.includes(type));
  const unknowing = JSON.parse(JSON.stringify(rest).replaceAll("cloudtrail.amazonaws.com", "ec2.amazonaws.com"));

  expect(watched(unknowing)).toEqual({});
});

test("an baseline's other resources are not, whatever they are called", () => {
  const others = [
    here("aws_s3_bucket.cloudtrail", {
      id: "cloudtrail-logs",
      bucket: "cloudtrail-logs",
      arn: "arn:aws:s3:::cloudtrail-logs",
    }),
    here("aws_s3_bucket_policy.cloudtrail", {
      bucket: "cloudtrail-logs",
      policy: letting("delivery.logs.amazonaws.com"),
    }),
    here("aws_kms_key.trail", { arn: `arn:aws:kms:us-east-1:${ACCOUNT}:key/9999`, key_id: "9999", id: "9999" }),
    here("aws_sns_topic.orders", { arn: `arn:aws:sns:us-east-1:${ACCOUNT}:orders`, name: "orders" }),
    here("aws_sns_topic_subscription.orders", { topic_arn: `arn:aws:sns:us-east-1:${ACCOUNT}:orders`, endpoint: "x" }),
    here("aws_sqs_queue.orders", { arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:orders`, name: "orders", url: "u" }),
    here("aws_cloudwatch_metric_alarm.cpu", {
      alarm_actions: [`arn:aws:sns:us-east-1:${ACCOUNT}:alerts`],
      dimensions: { InstanceId: "i-1" },
      metric_name: "CPUUtilization",
    }),
    // Called as the topic is, and as the queue in another region.
    here("aws_sqs_queue.alerts", { arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:alerts`, name: "alerts", url: "v" }),
    here("aws_sqs_queue.there", { arn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:events`, name: "events", url: "w" }),
    here("aws_cloudtrail_lookalike.x", { name: "x" }),
  ];
  const reasons = watched([...baseline(), ...others]);

  expect(others.map(({ address }) => reasons[address])).toEqual(others.map(() => undefined));
});

describe("a rule", () => {
  test.each([
    ["of calls that CloudTrail records", { source: ["aws.s3"], "detail-type": ["AWS API Call via CloudTrail"] }],
    ["of sign-ins", { "detail-type": ["AWS Console Sign In via CloudTrail", "Other"] }],
    ["of a service, whatever the type", { source: ["aws.iam"] }],
    ["of types by prefix", { "detail-type": [{ prefix: "AWS API" }] }],
    ["of findings", { source: ["aws.guardduty"], "detail-type": ["GuardDuty Finding"] }],
    ["of all of an account", { account: [ACCOUNT] }],
    ["that can't be read", "{"],
    ["that EventBridge would refuse", { "detail-type": [{ melts: true }] }],
  ])("counts: %s", (_, pattern) => {
    expect(Object.keys(watched([rule(pattern)]))).toHaveLength(1);
  });

  test.each([
    ["of machines' states", { source: ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"] }],
    ["of an application", { source: ["com.example.orders"] }],
    [
      "of an application that calls its type so",
      { source: ["com.example"], "detail-type": ["AWS API Call via CloudTrail"] },
    ],
    ["without a pattern: a schedule", ""],
  ])("does not count: %s", (_, pattern) => {
    expect(watched([rule(pattern)])).toEqual({});
  });
});

test.each([
  ["aws_s3_bucket_policy", { bucket: "b" }, "policy"],
  ["aws_sns_topic_policy", { arn: "t" }, "policy"],
  ["aws_kms_key", { key_id: "k" }, "policy"],
  ["aws_iam_role", { name: "r" }, "assume_role_policy"],
])("%s counts where its policy lets CloudTrail in: the trail may be in another state", (type, values, attribute) => {
  const address = `${type}.x`;

  expect(watched([here(address, { ...values, [attribute]: letting("cloudtrail.amazonaws.com") })])).toHaveProperty([
    address,
  ]);
  expect(watched([here(address, { ...values, [attribute]: letting("ec2.amazonaws.com") })])).toEqual({});
  const denied = letting("cloudtrail.amazonaws.com").replace("Allow", "Deny");
  expect(watched([here(address, { ...values, [attribute]: denied })])).toEqual({});
});

test("a bucket counts by its policy, and its settings by the bucket", () => {
  const reasons = watched([
    here("aws_s3_bucket.x", { id: "x", bucket: "x" }),
    here("aws_s3_bucket_policy.x", { bucket: "x", policy: letting("cloudtrail.amazonaws.com") }),
    here("aws_s3_bucket_versioning.x", { bucket: "x" }),
  ]);

  expect(Object.keys(reasons)).toHaveLength(3);
});

test("log groups are named with :* by trails, and by a function's name", () => {
  const log = (name: string) =>
    here(`aws_cloudwatch_log_group.${name.replace(/\W/g, "")}`, {
      name,
      arn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:${name}`,
    });
  const reasons = watched([
    here("aws_cloudtrail.x", {
      name: "x",
      cloud_watch_logs_group_arn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/trail:*`,
    }),
    log("/trail"),
    ...baseline().filter(({ type }) => /rule|target|queue|lambda/.test(type)),
    log("/aws/lambda/judge"),
    log("/aws/lambda/other"),
  ]);

  expect(Object.keys(reasons)).toEqual(
    expect.arrayContaining(["aws_cloudwatch_log_group.trail", "aws_cloudwatch_log_group.awslambdajudge"]),
  );
  expect(reasons).not.toHaveProperty(["aws_cloudwatch_log_group.awslambdaother"]);
});

test("a resource that only the state has links others as well: a plan with -target leaves it out", () => {
  const bucket = here("aws_s3_bucket.audit", valuesOf("aws_s3_bucket.audit"));
  const trail = {
    address: "module.audit.aws_cloudtrail.main",
    mode: "managed",
    type: "aws_cloudtrail",
    values: valuesOf("module.audit.aws_cloudtrail.main"),
  };
  const prior_state = { values: { root_module: { child_modules: [{ resources: [trail] }] } } };

  expect(watched([bucket])).toEqual({});
  expect(watched([bucket], { prior_state })).toHaveProperty(["aws_s3_bucket.audit"]);
});

describe("what is known after apply only", () => {
  const policy = {
    ...entry("module.logs.aws_s3_bucket_policy.this", ["create"], null, { policy: "{}" }),
    change: { actions: ["create"], before: null, after: { policy: "{}" }, after_unknown: { bucket: true } },
  };
  const configured = (references: readonly string[], call: object) => ({
    root_module: {
      module_calls: {
        logs: {
          expressions: call,
          module: {
            resources: [{ address: "aws_s3_bucket_policy.this", expressions: { bucket: { references } } }],
            outputs: { circle: { expression: { references: ["var.bucket"] } } },
          },
        },
        other: {
          module: {
            outputs: { bucket: { expression: { references: ["aws_s3_bucket.inner.id", "aws_s3_bucket.inner"] } } },
          },
        },
      },
    },
  });
  const reasonOf = (configuration: object): Reason | undefined => {
    const monitoring = new Monitoring(planOf(planWith([policy], { configuration })));
    return monitoring.reason("module.logs.aws_s3_bucket_policy.this");
  };

  test("is followed through a module's variable", () => {
    const call = (bucket: string) => ({ bucket: { references: [`${bucket}.id`, bucket] } });

    expect(reasonOf(configured(["var.bucket"], call("aws_s3_bucket.audit")))).toMatchObject({
      other: "aws_s3_bucket.audit",
      certain: true,
    });
    expect(reasonOf(configured(["var.bucket"], call("aws_s3_bucket.website")))).toBeUndefined();
    expect(
      reasonOf(configured(["var.bucket"], { bucket: { references: ["module.other.bucket", "module.other"] } })),
    ).toBeUndefined();
  });

  test("may belong to the monitoring where it goes through a local value", () => {
    expect(reasonOf(configured(["local.bucket"], {}))).toMatchObject({ certain: false });
  });

  test("does not turn in circles", () => {
    expect(reasonOf(configured(["var.bucket"], { bucket: { references: ["module.logs.circle"] } }))).toMatchObject({
      certain: false,
    });
  });
});

test("a function is found by the ARN of its version", () => {
  const arn = String(valuesOf("aws_lambda_function.judge").arn);
  const target = here("aws_cloudwatch_event_target.live", { rule: "users", arn: `${arn}:live` });
  const rule = baseline().filter(({ address }) => address === RULE);
  const judge = here("aws_lambda_function.judge", valuesOf("aws_lambda_function.judge"));

  expect(watched([...rule, target, judge])["aws_lambda_function.judge"]).toMatchObject({ text: "the receiver of" });
});

test("a rule's targets are found by its name", () => {
  const monitoring = new Monitoring(planOf(planWith([])));

  expect(monitoring.referring(RULE, "aws_cloudwatch_event_target")).toEqual(["aws_cloudwatch_event_target.users"]);
  expect(monitoring.referred("aws_cloudwatch_event_target.users", "aws_cloudwatch_event_rule")).toEqual([RULE]);
});
