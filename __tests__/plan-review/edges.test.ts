import { describe, expect, test } from "@jest/globals";
import { changed, type Entry, entry, ids, planWith, review, valuesOf } from "./plans";

const TRAIL = "module.audit.aws_cloudtrail.main";
const KEY = "aws_kms_key.audit";
const ONCALL = "aws_sns_topic_subscription.oncall";
const JUDGE = "aws_sns_topic_subscription.judge";
const QUEUE = "aws_sqs_queue.events";
const LOCK = "aws_s3_bucket_object_lock_configuration.audit";
const VERSIONING = "aws_s3_bucket_versioning.audit";
const ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration.audit";
const PATTERN = '{"source":["aws.iam"],"detail-type":["AWS API Call via CloudTrail"]}';
const REDRIVE = {
  queue_url: valuesOf(QUEUE).url,
  redrive_policy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead"}',
};

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Statement: statements });
}

function lock(retention: object): Readonly<Record<string, unknown>> {
  return { rule: [{ default_retention: [retention] }] };
}

function principal(arn: string): object {
  return { Effect: "Allow", Principal: { AWS: arn }, Action: "kms:*", Resource: "*" };
}

const gone = (address: string) => entry(address, ["delete"], valuesOf(address), null);

describe("refused are also", () => {
  test.each<[string, Entry, string]>([
    [
      "silence that is no alarm any more",
      changed(
        "aws_cloudwatch_metric_alarm.root",
        { treat_missing_data: "notBreaching" },
        { treat_missing_data: "breaching" },
      ),
      "alarm-silenced",
    ],
    [
      "a filter before the function",
      changed("aws_lambda_event_source_mapping.judge", { filter_criteria: [{ filter: [{ pattern: "{}" }] }] }),
      "function-trigger",
    ],
    [
      "a rule's pattern that is taken away",
      changed('aws_cloudwatch_event_rule.users["iam"]', { event_pattern: "" }, { event_pattern: PATTERN }),
      "rule-pattern",
    ],
    [
      "a rule's clock that is taken away",
      changed(
        'aws_cloudwatch_event_rule.users["iam"]',
        { schedule_expression: "" },
        { schedule_expression: "rate(1 day)", event_pattern: "" },
      ),
      "rule-pattern",
    ],
    [
      "a queue's redrive policy of its own",
      entry("aws_sqs_queue_redrive_policy.events", ["delete"], REDRIVE, null),
      "dead-letters",
    ],
    [
      "versions that can be deleted without a second factor",
      changed(
        VERSIONING,
        { versioning_configuration: [{ status: "Enabled", mfa_delete: "Disabled" }] },
        { versioning_configuration: [{ status: "Enabled", mfa_delete: "Enabled" }] },
      ),
      "versioning",
    ],
    [
      "a lock of fewer years",
      changed(LOCK, lock({ mode: "COMPLIANCE", years: 1 }), lock({ mode: "COMPLIANCE", years: 2 })),
      "object-lock",
    ],
    [
      "AWS's key in the place of one's own",
      changed(ENCRYPTION, {
        rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id: "" }] }],
      }),
      "encryption",
    ],
    [
      "a key that the account's policies no longer open",
      changed(KEY, { policy: policy() }, { policy: policy(principal("arn:aws:iam::123456789012:root")) }),
      "policy-statement",
    ],
    [
      "a key that a role of the monitoring may no longer use",
      changed(KEY, { policy: policy() }, { policy: policy(principal(String(valuesOf("aws_iam_role.to_logs").arn))) }),
      "policy-statement",
    ],
  ])("%s", (_, change, check) => {
    expect(ids(review(planWith([change])).refused)).toEqual([`${change.address}#${check}`]);
  });
});

describe("is indeterminate", () => {
  test.each<[string, Entry, string]>([
    [
      "a boundary of a role",
      changed("aws_iam_role.to_logs", { permissions_boundary: "arn:aws:iam::123456789012:policy/b" }),
      "role-permissions",
    ],
    [
      "another filter before the function",
      changed(
        "aws_lambda_event_source_mapping.judge",
        { filter_criteria: [{ filter: [{ pattern: '{"a":["b"]}' }] }] },
        { filter_criteria: [{ filter: [{ pattern: "{}" }] }] },
      ),
      "function-trigger",
    ],
    [
      "another time of a schedule",
      changed("aws_scheduler_schedule.digest", { schedule_expression: "rate(7 days)" }),
      "schedule-disabled",
    ],
  ])("%s", (_, change, check) => {
    const { refused, indeterminate } = review(planWith([change]));

    expect({ refused: ids(refused), indeterminate: ids(indeterminate) }).toEqual({
      refused: [],
      indeterminate: [`${change.address}#${check}`],
    });
  });

  test("is left out of what is made anew: that is refused", () => {
    const change = entry(TRAIL, ["delete", "create"], valuesOf(TRAIL), valuesOf(TRAIL), {
      after_unknown: { enable_logging: true, kms_key_id: true },
    });
    const { refused, indeterminate } = review(planWith([change]));

    expect({ refused: ids(refused), indeterminate }).toEqual({ refused: [`${TRAIL}#destroyed`], indeterminate: [] });
  });

  test("is all that is said of what may not belong to the monitoring", () => {
    const open = policy({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" });
    const site = entry(
      "aws_s3_bucket_policy.site",
      ["create"],
      null,
      { policy: open },
      { after_unknown: { bucket: true } },
    );
    const { refused, indeterminate } = review(planWith([site]));

    expect({ refused, indeterminate: ids(indeterminate) }).toEqual({
      refused: [],
      indeterminate: ["aws_s3_bucket_policy.site#policy-opened"],
    });
  });
});

describe("not refused is", () => {
  test.each<[string, Entry]>([
    [
      "a redrive permission that goes",
      entry(
        "aws_sqs_queue_redrive_allow_policy.dead",
        ["delete"],
        { queue_url: valuesOf("aws_sqs_queue.dead").url },
        null,
      ),
    ],
    [
      "a key's statement for a role that has no part in it",
      changed(KEY, { policy: policy() }, { policy: policy(principal("arn:aws:iam::123456789012:role/deploys")) }),
    ],
    [
      "a lock in days that become a year",
      changed(LOCK, lock({ mode: "COMPLIANCE", years: 1 }), lock({ mode: "COMPLIANCE", days: 300 })),
    ],
    [
      "an alarm that silence now raises",
      changed("aws_cloudwatch_metric_alarm.root", { treat_missing_data: "breaching" }),
    ],
  ])("%s", (_, change) => {
    const role = entry(
      "aws_iam_role.deploys",
      ["no-op"],
      { arn: "arn:aws:iam::123456789012:role/deploys", name: "deploys" },
      null,
    );

    expect(review(planWith([change, role])).refused).toEqual([]);
  });
});

describe("the last subscriber", () => {
  test("is reported of the topic where that goes too", () => {
    const plan = planWith([gone(ONCALL), gone(JUDGE), gone("aws_sns_topic.alerts")]);

    expect([...ids(review(plan).refused)].sort()).toEqual([
      "aws_sns_topic.alerts#destroyed",
      `${JUDGE}#destroyed`,
      `${ONCALL}#destroyed`,
    ]);
  });

  const another = entry(
    "aws_sns_topic_subscription.new",
    ["create"],
    null,
    { protocol: "email" },
    { after_unknown: { topic_arn: true } },
  );
  const lastOf = (more: Readonly<Record<string, unknown>>) => {
    const { refused, indeterminate } = review(planWith([gone(ONCALL), gone(JUDGE), another], more));
    return { refused: ids(refused), indeterminate: ids(indeterminate) };
  };

  test("is another one, where the configuration says that it subscribes to the topic", () => {
    const expressions = { topic_arn: { references: ["aws_sns_topic.alerts.arn", "aws_sns_topic.alerts"] } };
    const configuration = { root_module: { resources: [{ address: "aws_sns_topic_subscription.new", expressions }] } };

    expect(lastOf({ configuration })).toEqual({
      refused: [`${ONCALL}#destroyed`, `${JUDGE}#destroyed`],
      indeterminate: [],
    });
  });

  test("may be another one, where it says nothing", () => {
    expect(lastOf({}).indeterminate).toEqual([`${ONCALL}#last-subscriber`, `${JUDGE}#last-subscriber`]);
  });

  test("is each of the last two where both go", () => {
    expect(ids(review(planWith([gone(ONCALL), gone(JUDGE)])).refused)).toEqual([
      `${ONCALL}#last-subscriber`,
      `${JUDGE}#last-subscriber`,
    ]);
  });
});
