import { describe, expect, test } from "@jest/globals";
import { changed, type Entry, entry, estate, ids, planWith, review, valuesOf } from "./plans";

const ACCOUNT = "123456789012";
const TRAIL = "module.audit.aws_cloudtrail.main";
const TARGET = "aws_cloudwatch_event_target.users";
const MAPPING = "aws_lambda_event_source_mapping.judge";
const ALARM = "aws_cloudwatch_metric_alarm.root";
const NOTIFICATION = "aws_s3_bucket_notification.audit";
const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration.audit";
const QUEUE = "aws_sqs_queue.events";
const QUEUE_ARN = `arn:aws:sqs:us-east-1:${ACCOUNT}:events`;
const TOPIC_ARN = `arn:aws:sns:us-east-1:${ACCOUNT}:alerts`;
const RULE_ARN = `arn:aws:events:us-east-1:${ACCOUNT}:rule/users`;
const JUDGE_ARN = `arn:aws:iam::${ACCOUNT}:role/judge`;

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** A resource that stays as it is. */
function staying(address: string, values: object): Entry {
  return entry(address, ["no-op"], values, values);
}

function judged(...entries: readonly Entry[]) {
  const { refused, cannotTell } = review(planWith(entries));
  return { refused: ids(refused), cannotTell: ids(cannotTell) };
}

const trail = valuesOf(TRAIL);

describe("a trail", () => {
  test.each([
    ["another log group", { cloud_watch_logs_group_arn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:other:*` }],
    ["another topic", { sns_topic_name: "other" }],
    ["another prefix", { s3_key_prefix: "elsewhere" }],
  ])("that delivers to %s is refused", (_, after) => {
    expect(judged(changed(TRAIL, after)).refused).toEqual([`${TRAIL}#trail-destination`]);
  });

  test.each([
    ["its log group's ARN", { cloud_watch_logs_group_arn: String(trail.cloud_watch_logs_group_arn).replace(":*", "") }],
    ["its topic by ARN", { sns_topic_name: `arn:aws:sns:us-east-1:${ACCOUNT}:deliveries` }],
    ["no prefix in another spelling", { s3_key_prefix: "" }],
  ])("that only writes %s otherwise is fine", (_, after) => {
    expect(judged(changed(TRAIL, after))).toEqual({ refused: [], cannotTell: [] });
  });

  test.each([
    ["insights", { insight_selector: [{ insight_type: "ApiCallRateInsight" }] }, { insight_selector: [] }],
    [
      "data events",
      {
        event_selector: [
          {
            read_write_type: "All",
            include_management_events: true,
            data_resource: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }],
          },
        ],
      },
      { event_selector: [] },
    ],
  ])("that no longer records %s is refused", (_, before, after) => {
    expect(judged(changed(TRAIL, after, before)).refused).toEqual([`${TRAIL}#trail-selectors`]);
  });
});

describe("a rule's target", () => {
  test.each([
    ["a constant in the event's place", { input: "{}" }],
    ["a part of the event to a queue", { input_path: "$.account" }],
    ["a text of its own to a queue", { input_transformer: [{ input_paths: {}, input_template: '"something"' }] }],
  ])("that sends %s is refused", (_, after) => {
    expect(judged(changed(TARGET, after)).refused).toEqual([`${TARGET}#target-input`]);
  });

  test("that sends people a text of its own can't be judged", () => {
    const after = { input_transformer: [{ input_paths: {}, input_template: '"something"' }] };
    expect(judged(changed(TARGET, after, { arn: TOPIC_ARN }))).toEqual({
      refused: [],
      cannotTell: [`${TARGET}#target-input`],
    });
  });

  test("that sends the whole event again is fine", () => {
    const before = { input: "", input_path: "$.detail", input_transformer: [] };
    expect(judged(changed(TARGET, { input_path: null }, before))).toEqual({ refused: [], cannotTell: [] });
  });
});

describe("a function's event source", () => {
  test("that wakes another function is refused", () => {
    const after = { function_name: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:other` };
    expect(judged(changed(MAPPING, after)).refused).toEqual([`${MAPPING}#target-moved`]);
  });

  test("that names its function in another way is fine", () => {
    expect(judged(changed(MAPPING, { function_name: "judge" }))).toEqual({ refused: [], cannotTell: [] });
  });

  test("that no longer lets the function give back what failed is refused", () => {
    const reports = { function_response_types: ["ReportBatchItemFailures"] };
    expect(judged(changed(MAPPING, { function_response_types: [] }, reports)).refused).toEqual([
      `${MAPPING}#function-trigger`,
    ]);
  });
});

describe("a second function on the queue", () => {
  const thief = "aws_lambda_event_source_mapping.thief";
  const created = entry(thief, ["create"], null, {
    event_source_arn: QUEUE_ARN,
    function_name: "thief",
    enabled: true,
  });

  test("is refused: it takes messages away from the first", () => {
    expect(judged(created).refused).toEqual([`${thief}#function-trigger`]);
  });

  test("is fine in the place of the first, whose going is told", () => {
    expect(judged(created, entry(MAPPING, ["delete"], valuesOf(MAPPING), null)).refused).toEqual([
      `${MAPPING}#destroyed`,
    ]);
  });
});

describe("a schedule", () => {
  test("that ends one day can't be judged", () => {
    const address = "aws_scheduler_schedule.digest";
    expect(judged(changed(address, { end_date: "2020-01-01T00:00:00Z" })).cannotTell).toEqual([
      `${address}#schedule-disabled`,
    ]);
  });
});

describe("an alarm", () => {
  const greater = { comparison_operator: "GreaterThanOrEqualToThreshold", threshold: 1 };

  test("with a threshold that is farther away is refused", () => {
    expect(judged(changed(ALARM, { threshold: 1e9 }, greater)).refused).toEqual([`${ALARM}#alarm-silenced`]);
    const less = { ...greater, comparison_operator: "LessThanThreshold" };
    expect(judged(changed(ALARM, { threshold: 0 }, less)).refused).toEqual([`${ALARM}#alarm-silenced`]);
  });

  test("with a threshold that is nearer is fine", () => {
    expect(judged(changed(ALARM, { threshold: 0 }, greater))).toEqual({ refused: [], cannotTell: [] });
  });

  test.each([
    ["another metric", { metric_name: "Other" }],
    ["longer periods", { period: 86_400 }],
    ["another comparison", { comparison_operator: "LessThanThreshold" }],
    ["other dimensions", { dimensions: { Host: "a" } }],
  ])("of %s can't be judged", (_, after) => {
    const before = { ...greater, period: 300, dimensions: {} };
    expect(judged(changed(ALARM, after, before))).toEqual({ refused: [], cannotTell: [`${ALARM}#alarm-silenced`] });
  });
});

describe("a metric filter", () => {
  test("that counts under another name can't be judged", () => {
    const address = "aws_cloudwatch_log_metric_filter.root";
    const after = { metric_transformation: [{ name: "Other", namespace: "cis", value: "1" }] };
    expect(judged(changed(address, after)).cannotTell).toEqual([`${address}#log-filter`]);
  });
});

describe("a bucket's notifications", () => {
  test.each([
    ["other events", { events: ["s3:ObjectRemoved:*"] }],
    ["one prefix", { filter_prefix: "nothing/" }],
    ["one suffix", { filter_suffix: ".never" }],
  ])("of %s only are refused", (_, after) => {
    const [block] = valuesOf(NOTIFICATION).queue as readonly object[];
    expect(judged(changed(NOTIFICATION, { queue: [{ ...block, ...after }] })).refused).toEqual([
      `${NOTIFICATION}#notification-removed`,
    ]);
  });

  test("to EventBridge that are off are refused", () => {
    expect(judged(changed(NOTIFICATION, { eventbridge: false }, { eventbridge: true })).refused).toEqual([
      `${NOTIFICATION}#notification-removed`,
    ]);
  });

  test("in more pieces than before are fine", () => {
    const [block] = valuesOf(NOTIFICATION).queue as readonly object[];
    const [put, others] = [["s3:ObjectCreated:Put"], ["s3:ObjectCreated:*"]];
    const queue = [
      { ...block, id: "a", events: put },
      { ...block, id: "b", events: others, filter_prefix: null, filter_suffix: null },
    ];
    expect(judged(changed(NOTIFICATION, { queue }))).toEqual({ refused: [], cannotTell: [] });
  });
});

describe("a subscriber", () => {
  test("whose filter looks at something else can't be judged", () => {
    const address = "aws_sns_topic_subscription.oncall";
    const before = { filter_policy: '{"severity":["high"]}' };
    expect(judged(changed(address, { filter_policy_scope: "MessageBody" }, before)).cannotTell).toEqual([
      `${address}#subscription-filter`,
    ]);
  });

  test("who was told everything by an empty filter, and now is told less, is refused", () => {
    const address = "aws_sns_topic_subscription.oncall";
    expect(
      judged(changed(address, { filter_policy: '{"severity":["high"]}' }, { filter_policy: "{}" })).refused,
    ).toEqual([`${address}#subscription-filter`]);
    expect(judged(changed(address, { filter_policy: "{}" }, { filter_policy: '{"severity":["high"]}' }))).toEqual({
      refused: [],
      cannotTell: [],
    });
  });
});

describe("a queue", () => {
  test("whose redrive policy names no queue is refused", () => {
    expect(judged(changed(QUEUE, { redrive_policy: "{}" })).refused).toEqual([`${QUEUE}#dead-letters`]);
  });

  test.each([
    ["aws_sqs_queue_redrive_allow_policy.dead", { queue_url: valuesOf("aws_sqs_queue.dead").url }],
    ["aws_sqs_queue.dead", valuesOf("aws_sqs_queue.dead")],
  ])("that lets no other queue leave its dead letters there is refused: %s", (address, values) => {
    const before = { ...values, redrive_allow_policy: '{"redrivePermission":"allowAll"}' };
    const after = { ...values, redrive_allow_policy: '{"redrivePermission":"denyAll"}' };
    expect(judged(entry(address, ["update"], before, after)).refused).toEqual([`${address}#dead-letters`]);
    expect(judged(entry(address, ["update"], after, before)).refused).toEqual([]);
  });

  test("without its own encryption is refused", () => {
    const dead = "aws_sqs_queue.dead";
    const on = { sqs_managed_sse_enabled: true };
    expect(judged(changed(dead, { sqs_managed_sse_enabled: false }, on)).refused).toEqual([`${dead}#encryption`]);
  });

  test("with a key in the place of its own encryption is not", () => {
    const dead = "aws_sqs_queue.dead";
    const after = { sqs_managed_sse_enabled: false, kms_master_key_id: valuesOf("aws_kms_key.audit").arn };
    expect(judged(changed(dead, after, { sqs_managed_sse_enabled: true })).refused).toEqual([]);
  });

  test("with another key can't be judged: services may not be let in", () => {
    const after = { kms_master_key_id: `arn:aws:kms:us-east-1:${ACCOUNT}:key/2222` };
    expect(judged(changed(QUEUE, after))).toEqual({ refused: [], cannotTell: [`${QUEUE}#encryption`] });
  });

  test("that keeps messages for the default time, which is shorter, is refused", () => {
    expect(judged(changed(QUEUE, { message_retention_seconds: null })).refused).toEqual([`${QUEUE}#retention`]);
  });
});

describe("old versions", () => {
  const [rule] = valuesOf(LIFECYCLE).rule as readonly object[];
  const keeps = (newer: number | null) => ({
    rule: [{ ...rule, noncurrent_version_expiration: [{ noncurrent_days: 90, newer_noncurrent_versions: newer }] }],
  });

  test("of which fewer are kept are refused", () => {
    expect(judged(changed(LIFECYCLE, keeps(null), keeps(10))).refused).toEqual([`${LIFECYCLE}#retention`]);
    expect(judged(changed(LIFECYCLE, keeps(5), keeps(10))).refused).toEqual([`${LIFECYCLE}#retention`]);
  });

  test("of which more are kept are fine", () => {
    expect(judged(changed(LIFECYCLE, keeps(10), keeps(null)))).toEqual({ refused: [], cannotTell: [] });
    expect(judged(changed(LIFECYCLE, keeps(20), keeps(10)))).toEqual({ refused: [], cannotTell: [] });
  });
});

describe("a statement for everybody that names its sender", () => {
  const address = "aws_sqs_queue_policy.events";
  const sends = {
    Effect: "Allow",
    Principal: "*",
    Action: "sqs:SendMessage",
    Resource: QUEUE_ARN,
    Condition: { ArnEquals: { "aws:SourceArn": RULE_ARN } },
  };
  const change = (...after: readonly object[]) =>
    judged(changed(address, { policy: policy(...after) }, { policy: policy(sends) }));

  test("is needed", () => {
    expect(change().refused).toEqual([`${address}#policy-statement`]);
    expect(change({ ...sends, Action: "sqs:ReceiveMessage" }).refused).toEqual([`${address}#policy-statement`]);
    expect(change({ ...sends, Condition: { ArnEquals: { "aws:SourceArn": `${RULE_ARN}2` } } }).refused).toEqual([
      `${address}#policy-statement`,
    ]);
  });

  test("may become one for the sender's service", () => {
    expect(change({ ...sends, Principal: { Service: "events.amazonaws.com" } })).toEqual({
      refused: [],
      cannotTell: [],
    });
  });
});

describe("terms", () => {
  test("in which a wildcard becomes a letter are narrower", () => {
    const address = "aws_sqs_queue_policy.events";
    const sends = (operator: string) =>
      policy({
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: QUEUE_ARN,
        Condition: { [operator]: { "aws:SourceArn": `arn:aws:events:us-east-1:${ACCOUNT}:rule/*` } },
      });
    expect(
      judged(changed(address, { policy: sends("StringEquals") }, { policy: sends("StringLike") })).refused,
    ).toEqual([`${address}#policy-statement`]);
  });
});

describe("a statement for a service", () => {
  const address = "aws_sns_topic_policy.alerts";
  const [publishes] = JSON.parse(String(valuesOf(address).policy)).Statement;
  const change = (Condition: object) => judged(changed(address, { policy: policy({ ...publishes, Condition }) }));

  test.each([
    ["its rules", { ArnLike: { "aws:SourceArn": `arn:aws:events:us-east-1:${ACCOUNT}:rule/*` } }],
    ["its account", { StringEquals: { "aws:SourceAccount": ACCOUNT } }],
  ])("may be tied to %s: whether others send can't be told", (_, Condition) => {
    expect(change(Condition)).toEqual({ refused: [], cannotTell: [`${address}#policy-statement`] });
  });

  test.each([
    ["another rule", { ArnLike: { "aws:SourceArn": `${RULE_ARN}2` } }],
    ["another account", { StringEquals: { "aws:SourceAccount": "210987654321" } }],
    ["what it does not send", { StringEquals: { "aws:PrincipalOrgID": "o-1" } }],
  ])("tied to %s is refused", (_, Condition) => {
    expect(change(Condition).refused).toEqual([`${address}#policy-statement`]);
  });
});

describe("a denial", () => {
  const role = staying("aws_iam_role.judge", { arn: JUDGE_ARN, id: "judge", name: "judge", assume_role_policy: "" });
  const rights = staying("aws_iam_role_policy.judge", {
    id: "judge:reads",
    name: "reads",
    role: "judge",
    policy: policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::audit-logs/*" }),
  });
  const denial = { Effect: "Deny", Action: "s3:*", Resource: "*" };

  test("in another policy of the role is refused", () => {
    const created = entry("aws_iam_role_policy.denies", ["create"], null, {
      name: "denies",
      role: "judge",
      policy: policy(denial),
    });
    expect(judged(role, rights, created).refused).toEqual(["aws_iam_role_policy.denies#role-permissions"]);
  });

  test("of what the role may not do anyway is fine", () => {
    const created = entry("aws_iam_role_policy.denies", ["create"], null, {
      name: "denies",
      role: "judge",
      policy: policy({ ...denial, Action: "iam:*" }),
    });
    expect(judged(role, rights, created)).toEqual({ refused: [], cannotTell: [] });
  });

  test("of everything, by AWS's own policy, is refused", () => {
    const address = "aws_iam_role_policy_attachment.denies";
    const created = entry(address, ["create"], null, {
      role: "judge",
      policy_arn: "arn:aws:iam::aws:policy/AWSDenyAll",
    });
    expect(judged(role, rights, created).refused).toEqual([`${address}#role-permissions`]);
  });

  test("of a TLS that nobody has yet can't be judged", () => {
    const address = "aws_s3_bucket_policy.audit";
    const { Statement } = JSON.parse(String(valuesOf(address).policy));
    const terms = { NumericLessThan: { "s3:TlsVersion": "9" } };
    const denied = policy(...Statement, { ...denial, Principal: "*", Condition: terms });
    expect(judged(changed(address, { policy: denied })).cannotTell).toEqual([`${address}#policy-statement`]);
  });

  test("of reading the bucket is refused", () => {
    const address = "aws_s3_bucket_policy.audit";
    const { Statement } = JSON.parse(String(valuesOf(address).policy));
    const denied = policy(...Statement, {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::audit-logs/*",
    });
    expect(judged(role, rights, changed(address, { policy: denied })).refused).toEqual([`${address}#policy-statement`]);
  });

  test("of deleting from the bucket is fine", () => {
    const address = "aws_s3_bucket_policy.audit";
    const { Statement } = JSON.parse(String(valuesOf(address).policy));
    const denied = policy(...Statement, {
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: "arn:aws:s3:::audit-logs/*",
    });
    expect(judged(role, rights, changed(address, { policy: denied }))).toEqual({ refused: [], cannotTell: [] });
  });

  test("a policy's attachment that leaves a role out is refused", () => {
    const address = "aws_iam_policy_attachment.reads";
    const before = { id: "reads", roles: ["other", "judge"], policy_arn: `arn:aws:iam::${ACCOUNT}:policy/reads` };
    const without = (left: string) => judged(role, entry(address, ["update"], before, { ...before, roles: [left] }));
    expect(without("other").refused).toEqual([`${address}#role-permissions`]);
    expect(without("judge")).toEqual({ refused: [], cannotTell: [] });
  });
});

describe("everybody", () => {
  const acl = "aws_s3_bucket_acl.audit";
  const everybody = { uri: "http://acs.amazonaws.com/groups/global/AllUsers", type: "Group" };

  test("is let in by a grant", () => {
    const before = { id: "audit-logs", bucket: "audit-logs", acl: "", access_control_policy: [] };
    const access_control_policy = [{ grant: [{ permission: "READ", grantee: [everybody] }] }];
    expect(judged(entry(acl, ["update"], before, { ...before, access_control_policy })).refused).toEqual([
      `${acl}#policy-opened`,
    ]);
  });

  test("is let in by a bucket's own ACL or grant", () => {
    const bucket = "aws_s3_bucket.audit";
    for (const after of [{ acl: "public-read" }, { grant: [{ uri: everybody.uri, permissions: ["READ"] }] }]) {
      expect(judged(changed(bucket, after)).refused).toEqual([`${bucket}#policy-opened`]);
    }
  });

  test.each([
    ["half of all addresses, twice", { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } }],
    ["any account's trails", { ArnLike: { "aws:SourceArn": "arn:aws:cloudtrail:*:*:trail/*" } }],
    ["wildcards", { StringLike: { "aws:PrincipalOrgID": "o-*" } }],
  ])("is let in on terms of %s", (_, Condition) => {
    const address = "aws_s3_bucket_policy.audit";
    const { Statement } = JSON.parse(String(valuesOf(address).policy));
    const open = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*", Condition };
    expect(judged(changed(address, { policy: policy(...Statement, open) })).refused).toEqual([
      `${address}#policy-opened`,
    ]);
  });

  test("who could do more may be left with less", () => {
    const address = "aws_s3_bucket_policy.audit";
    const { Statement } = JSON.parse(String(valuesOf(address).policy));
    const open = (Action: string) =>
      policy(...Statement, { Effect: "Allow", Principal: "*", Action, Resource: "arn:aws:s3:::audit-logs/*" });
    expect(judged(changed(address, { policy: open("s3:GetObject") }, { policy: open("s3:*") }))).toEqual({
      refused: [],
      cannotTell: [],
    });
  });
});

describe("what also belongs to the monitoring", () => {
  const gone = (address: string, values: object) => judged(entry(address, ["delete"], values, null)).refused;

  test.each([
    ["aws_s3_bucket_replication_configuration.audit", { bucket: "audit-logs", role: JUDGE_ARN, rule: [] }],
    ["aws_s3_bucket_logging.audit", { bucket: "audit-logs", target_bucket: "access-logs" }],
    ["aws_cloudwatch_event_bus_policy.default", { id: "default", event_bus_name: "default", policy: policy() }],
    [
      "aws_cloudwatch_event_rule.files",
      {
        name: "files",
        event_pattern:
          '{"source":["aws.s3"],"detail-type":["Object Created"],"detail":{"bucket":{"name":["audit-logs"]}}}',
      },
    ],
    ["aws_chatbot_slack_channel_configuration.alerts", { sns_topic_arns: [TOPIC_ARN] }],
  ])("%s", (address, values) => {
    expect(gone(address, values)).toEqual([`${address}#destroyed`]);
  });

  test("an account that the bus lets in", () => {
    const address = "aws_cloudwatch_event_bus_policy.default";
    const puts = {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::210987654321:root" },
      Action: "events:PutEvents",
      Resource: `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/default`,
    };
    const before = { id: "default", event_bus_name: "default", policy: policy(puts) };
    expect(judged(entry(address, ["update"], before, { ...before, policy: policy() })).refused).toEqual([
      `${address}#policy-statement`,
    ]);
  });

  test("an organization that the bus lets in", () => {
    const address = "aws_cloudwatch_event_bus_policy.default";
    const puts = (Condition: object) =>
      policy({ Effect: "Allow", Principal: "*", Action: "events:PutEvents", Resource: "*", Condition });
    const before = {
      id: "default",
      event_bus_name: "default",
      policy: puts({ StringEquals: { "aws:PrincipalOrgID": "o-1" } }),
    };
    const other = { ...before, policy: puts({ StringEquals: { "aws:PrincipalOrgID": "o-2" } }) };
    expect(judged(entry(address, ["update"], before, other)).refused).toEqual([`${address}#policy-statement`]);
  });

  test("what lets EventBridge write to a log group", () => {
    const group = "aws_cloudwatch_log_group.audit";
    const address = "aws_cloudwatch_log_resource_policy.events";
    const values = {
      id: "events",
      policy_name: "events",
      policy_document: policy({
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${valuesOf(group).arn}:*`,
      }),
    };
    expect(gone(address, values)).toEqual([`${address}#destroyed`]);
  });

  test("a rule's destination outside of AWS", () => {
    const arn = `arn:aws:events:us-east-1:${ACCOUNT}:api-destination/pager/1`;
    const address = "aws_cloudwatch_event_api_destination.pager";
    const target = staying("aws_cloudwatch_event_target.pager", { rule: "users", arn });
    const before = { arn, name: "pager", invocation_endpoint: "https://events.example.com/a" };
    const after = { ...before, invocation_endpoint: "https://elsewhere.example.com/" };
    expect(judged(target, entry(address, ["update"], before, after)).refused).toEqual([`${address}#target-moved`]);
  });
});

test("the estate itself is fine", () => {
  expect(judged(...estate())).toEqual({ refused: [], cannotTell: [] });
});
