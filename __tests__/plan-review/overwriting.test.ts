import { describe, expect, test } from "@jest/globals";
import { baseline, besides, type Entry, entry, ids, NOTHING, outcome, planWith, review, valuesOf } from "./plans";

const RULE = 'aws_cloudwatch_event_rule.users["iam"]';
const ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

function created(address: string, values: object, more: object = {}): Entry {
  return entry(address, ["create"], null, values, { after_unknown: { id: true }, ...more });
}

/** The values of the baseline's only resource of a type. */
function one(type: string): Readonly<Record<string, unknown>> {
  const found = baseline().find((each) => each.type === type);
  if (!found) throw new Error(`the baseline has no ${type}`);
  return {
    ...(found.change.before as object),
    id: undefined,
    arn: type === "aws_sns_topic_policy" ? valuesOf(found.address).arn : undefined,
  };
}

const EMPTY = JSON.stringify({ Version: "2012-10-17", Statement: [] });

describe("a second resource that AWS knows by the name of one that is there", () => {
  test.each([
    ["aws_cloudwatch_event_rule", { state: "DISABLED" }, "rule-disabled"],
    ["aws_cloudwatch_event_rule", { event_pattern: '{"source":["aws.s3"],"detail-type":["x"]}' }, "rule-pattern"],
    ["aws_cloudwatch_metric_alarm", { actions_enabled: false }, "alarm-silenced"],
    ["aws_cloudwatch_log_metric_filter", { pattern: "{ $.a = b }" }, "log-filter"],
    ["aws_iam_role_policy", { policy: EMPTY }, "role-permissions"],
    ["aws_s3_bucket_policy", { policy: EMPTY }, "policy-statement"],
    ["aws_sns_topic_policy", { policy: EMPTY }, "policy-statement"],
    ["aws_sqs_queue_policy", { policy: EMPTY }, "policy-statement"],
    ["aws_s3_bucket_public_access_block", { block_public_policy: false }, "public-access"],
    ["aws_s3_bucket_versioning", { versioning_configuration: [{ status: "Suspended" }] }, "versioning"],
  ])("%s %j is refused", (type, weaker, check) => {
    expect(outcome(created(`${type}.second`, { ...one(type), ...weaker })).refused).toContain(
      `${type}.second#${check}`,
    );
  });

  test.each([
    ...["aws_cloudwatch_event_rule", "aws_cloudwatch_metric_alarm", "aws_cloudwatch_log_metric_filter"],
    ...["aws_iam_role_policy", "aws_s3_bucket_policy", "aws_sqs_queue_policy", "aws_s3_bucket_versioning"],
  ])("%s that says the same is fine", (type) => {
    expect(outcome(created(`${type}.second`, one(type)))).toEqual(NOTHING);
  });

  test("is refused although it looks like none of the monitoring, and says what it overwrites", () => {
    const other = { name: valuesOf(RULE).name, schedule_expression: "rate(1 day)", state: ALL };
    const { refused } = review(planWith([created("aws_cloudwatch_event_rule.clock", other)]));

    expect(refused.map(({ id, because }) => ({ id, because }))).toEqual([
      { id: "aws_cloudwatch_event_rule.clock#rule-pattern", because: { text: "overwrites", other: RULE } },
    ]);
  });

  test("is refused when it gets the name by a change that can't be made in place", () => {
    const before = { name: "clock", schedule_expression: "rate(1 day)", state: "ENABLED", event_bus_name: "default" };
    const renamed = entry("aws_cloudwatch_event_rule.clock", ["delete", "create"], before, {
      ...before,
      name: valuesOf(RULE).name,
    });

    expect(outcome(renamed).refused).toContain("aws_cloudwatch_event_rule.clock#rule-pattern");
  });

  test("of a target takes the other's place", () => {
    const type = "aws_cloudwatch_event_target";
    const [first] = baseline().filter((each) => each.type === type);
    const values = { ...(first?.change.before as object), target_id: "one" };
    const second = { ...values, arn: "arn:aws:sqs:us-east-1:123456789012:elsewhere" };

    expect(outcome(besides(`${type}.first`, values), created(`${type}.second`, second)).refused).toEqual([
      `${type}.second#target-moved`,
    ]);
    expect(
      outcome(besides(`${type}.first`, values), created(`${type}.second`, { ...second, target_id: "two" })),
    ).toEqual(NOTHING);
  });

  test("of a policy of log groups takes the place of that of its name only", () => {
    const type = "aws_cloudwatch_log_resource_policy";
    const { arn } = valuesOf("aws_cloudwatch_log_group.audit");
    const allows = {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "logs:PutLogEvents",
      Resource: `${arn}:*`,
    };
    const first = besides(`${type}.events`, {
      policy_name: "events",
      policy_document: JSON.stringify({ Statement: [allows] }),
    });

    expect(
      outcome(first, created(`${type}.second`, { policy_name: "events", policy_document: EMPTY })).refused,
    ).toEqual([`${type}.second#policy-statement`]);
    expect(outcome(first, created(`${type}.second`, { policy_name: "others", policy_document: EMPTY }))).toEqual(
      NOTHING,
    );
  });

  test("with values that are known after apply only is indeterminate", () => {
    const { state: _, ...rest } = one("aws_cloudwatch_event_rule");
    const second = created("aws_cloudwatch_event_rule.second", rest, { after_unknown: { state: true } });

    expect(outcome(second)).toEqual({ refused: [], indeterminate: ["aws_cloudwatch_event_rule.second#rule-disabled"] });
  });

  test("that Terraform knows of, but that isn't among the changes, counts as well", () => {
    const values = valuesOf(RULE);
    const plan = {
      format_version: "1.2",
      resource_changes: [
        created("aws_cloudwatch_event_rule.second", { ...one("aws_cloudwatch_event_rule"), state: "DISABLED" }),
      ],
      prior_state: {
        values: {
          root_module: { resources: [{ address: RULE, mode: "managed", type: "aws_cloudwatch_event_rule", values }] },
        },
      },
    };

    expect(ids(review(plan).refused)).toEqual(["aws_cloudwatch_event_rule.second#rule-disabled"]);
  });
});

describe("one of the same name in another region or account", () => {
  const type = "aws_cloudwatch_event_rule";
  const second = { ...one(type), state: "DISABLED" };
  const configuration = (region: string) => ({
    provider_config: {
      aws: { name: "aws", expressions: { region: { constant_value: "us-east-1" } } },
      "aws.other": { name: "aws", alias: "other", expressions: { region: { constant_value: region } } },
    },
    root_module: {
      resources: [
        { address: "aws_cloudwatch_event_rule.users", provider_config_key: "aws" },
        { address: `${type}.second`, provider_config_key: "aws.other" },
      ],
    },
  });
  const reviewed = (plan: unknown) => {
    const { refused, indeterminate } = review(plan);
    return { refused: ids(refused), indeterminate: ids(indeterminate) };
  };

  test("overwrites nothing", () => {
    expect(outcome(created(`${type}.second`, { ...second, region: "eu-west-1" }))).toEqual(NOTHING);
    expect(
      reviewed(planWith([created(`${type}.second`, second)], { configuration: configuration("eu-west-1") })),
    ).toEqual(NOTHING);
  });

  test("is indeterminate where the account may be another", () => {
    expect(
      reviewed(planWith([created(`${type}.second`, second)], { configuration: configuration("us-east-1") })),
    ).toEqual({
      refused: [],
      indeterminate: [`${type}.second#rule-disabled`],
    });
  });
});
