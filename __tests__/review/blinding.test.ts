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

test("the estate itself is fine", () => {
  expect(judged(...estate())).toEqual({ refused: [], cannotTell: [] });
});
