import { describe, expect, test } from "@jest/globals";
import { Tally } from "../../../alerting/tally";
import { withNames } from "../../../assertions/names";
import { reference, resources, theAttributes, theResource } from "../../../assertions/resources";
import type { Attributes } from "../../../assertions/synthesized-stack";
import { synthesizeStack } from "../synthesize-stack";

const stack = synthesizeStack();
const alarms = resources(stack, "aws_cloudwatch_metric_alarm").map(({ attributes }) => attributes);

function alarm(name: string): Attributes {
  const found = alarms.find(({ alarm_name }) => withNames(stack, alarm_name) === name);
  if (found === undefined) throw new Error(`no alarm is called ${name}`);
  return found;
}

describe("every alarm", () => {
  test("is one of these", () => {
    expect(alarms.map(({ alarm_name }) => withNames(stack, alarm_name)).sort()).toEqual([
      "trailwarden-alerts-undelivered",
      "trailwarden-clock-stopped",
      "trailwarden-deliveries-dlq-not-empty",
      "trailwarden-events-dlq-not-empty",
      "trailwarden-function-errors",
      "trailwarden-invocations-dlq-not-empty",
      "trailwarden-processing-errors",
      "trailwarden-silent",
      "trailwarden-subscriptions-dlq-not-empty",
      "trailwarden-targets-dlq-not-empty",
      "trailwarden-urgent-undelivered",
    ]);
  });

  test("tells the urgent topic, which lets in alarms of that prefix", () => {
    const urgent = reference(theResource(stack, "aws_sns_topic", "UrgentTopic"), "arn");
    const named = synthesizeStack({ namePrefix: "guard" });

    for (const { alarm_actions } of alarms) expect(alarm_actions).toContain(urgent);
    for (const { attributes } of resources(named, "aws_cloudwatch_metric_alarm")) {
      expect(withNames(named, attributes.alarm_name)).toMatch(/^guard-/);
    }
  });

  test("says what it means", () => {
    for (const { alarm_description } of alarms) expect(String(alarm_description).length).toBeGreaterThan(40);
  });
});

test("every dead-letter queue has an alarm for its first message", () => {
  const deadLetterQueues = resources(stack, "aws_sqs_queue").filter(
    ({ attributes }) => attributes.redrive_policy === undefined,
  );

  for (const queue of deadLetterQueues) {
    expect(alarm(`${queue.attributes.name}-not-empty`)).toMatchObject({
      namespace: "AWS/SQS",
      metric_name: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: reference(queue, "name") },
      statistic: "Maximum",
      comparison_operator: "GreaterThanThreshold",
      threshold: 0,
      treat_missing_data: "notBreaching",
    });
  }
});

test("the function's first error raises an alarm", () => {
  expect(alarm("trailwarden-function-errors")).toMatchObject({
    namespace: "AWS/Lambda",
    metric_name: "Errors",
    dimensions: { FunctionName: reference(theResource(stack, "aws_lambda_function"), "function_name") },
    statistic: "Sum",
    comparison_operator: "GreaterThanThreshold",
    threshold: 0,
  });
});

describe("records that can't be judged", () => {
  const filter = theAttributes(stack, "aws_cloudwatch_log_metric_filter");

  test("are counted from the closing line of the function's log", () => {
    expect(filter.log_group_name).toBe(
      reference(theResource(stack, "aws_cloudwatch_log_group", "AlertFunction_LogGroup"), "name"),
    );
    expect(filter.pattern).toBe(
      "{ ($.records.processingErrors > 0) || ($.detections.refused > 0) || ($.suppressions.refused > 0) }",
    );
    expect(filter.metric_transformation).toEqual({ name: "ProcessingErrors", namespace: "trailwarden", value: "1" });
  });

  test("stand under that name in the closing line", () => {
    expect(new Tally().records).toHaveProperty("processingErrors", 0);
  });

  test("raise an alarm on that count", () => {
    expect(alarm("trailwarden-processing-errors")).toMatchObject({
      namespace: "trailwarden",
      metric_name: "ProcessingErrors",
      statistic: "Sum",
      comparison_operator: "GreaterThanThreshold",
      threshold: 0,
      treat_missing_data: "notBreaching",
    });
  });
});

test("six hours without a delivery raise an alarm: no number is a bad number", () => {
  expect(alarm("trailwarden-silent")).toMatchObject({
    namespace: "AWS/SNS",
    metric_name: "NumberOfMessagesPublished",
    dimensions: { TopicName: reference(theResource(stack, "aws_sns_topic", "DeliveriesTopic"), "name") },
    statistic: "Sum",
    period: 3_600,
    evaluation_periods: 6,
    comparison_operator: "LessThanThreshold",
    threshold: 1,
    treat_missing_data: "breaching",
    ok_actions: [reference(theResource(stack, "aws_sns_topic", "UrgentTopic"), "arn")],
  });
});

describe("a message that didn't reach a subscriber", () => {
  const topic = (path: string) => theResource(stack, "aws_sns_topic", path);
  const [alertsArn, urgentArn] = ["AlertsTopic", "UrgentTopic"].map((path) => reference(topic(path), "arn"));

  test.each([
    ["AlertsTopic", "trailwarden-alerts-undelivered", [urgentArn]],
    // Not by the topic that has failed alone.
    ["UrgentTopic", "trailwarden-urgent-undelivered", [alertsArn, urgentArn]],
  ])("of the %s raises an alarm that takes another way", (path, name, actions) => {
    expect(alarm(name)).toMatchObject({
      namespace: "AWS/SNS",
      metric_name: "NumberOfNotificationsFailed",
      dimensions: { TopicName: reference(topic(path), "name") },
      statistic: "Sum",
      comparison_operator: "GreaterThanThreshold",
      threshold: 0,
      treat_missing_data: "notBreaching",
      alarm_actions: actions,
    });
  });

  test("keeps the alarm up for an hour, so that the failure of its own message raises no next one", () => {
    const { period, evaluation_periods, datapoints_to_alarm, ok_actions } = alarm("trailwarden-urgent-undelivered");

    expect(Number(period) * Number(evaluation_periods)).toBe(3_600);
    expect(datapoints_to_alarm).toBe(1);
    expect(ok_actions).toBeUndefined();
  });
});

test("half an hour in which no schedule wakes the function raises an alarm", () => {
  expect(alarm("trailwarden-clock-stopped")).toMatchObject({
    namespace: "AWS/Scheduler",
    metric_name: "InvocationAttemptCount",
    dimensions: { ScheduleGroup: reference(theResource(stack, "aws_scheduler_schedule_group"), "name") },
    statistic: "Sum",
    period: 900,
    evaluation_periods: 2,
    comparison_operator: "LessThanThreshold",
    threshold: 1,
    treat_missing_data: "breaching",
    ok_actions: [reference(theResource(stack, "aws_sns_topic", "UrgentTopic"), "arn")],
  });
});

describe("other regions and accounts", () => {
  const REGIONS = { regions: ["eu-west-1"] };
  const ORGANIZATION = { organization: { id: "o-a1b2c3d4e5", managementAccount: "111122223333" } };
  const added = (overrides: object) => {
    const made = synthesizeStack({}, { unchecked: overrides as never });
    const before = alarms.map(({ alarm_name }) => withNames(stack, alarm_name));
    const names = resources(made, "aws_cloudwatch_metric_alarm").map(({ attributes }) => attributes);
    return names.filter(({ alarm_name }) => !before.includes(withNames(made, alarm_name)));
  };
  const metric = (name: string) => ({
    namespace: "trailwarden",
    metric_name: name,
    statistic: "Sum",
    comparison_operator: "GreaterThanThreshold",
    threshold: 0,
    treat_missing_data: "notBreaching",
    alarm_actions: [reference(theResource(stack, "aws_sns_topic", "UrgentTopic"), "arn")],
  });

  test("have an alarm on events that EventBridge did not bring; it has no dimension, as the metric has none", () => {
    const [missed, ...others] = added(REGIONS);

    expect(others).toEqual([]);
    expect(missed).toMatchObject({ alarm_name: "trailwarden-event-path-missed", ...metric("EventPathMissed") });
    // One race between EventBridge and a log file wakes no one up.
    expect(missed).toMatchObject({ period: 3_600, evaluation_periods: 24, datapoints_to_alarm: 2 });
    expect(missed?.dimensions).toBeUndefined();
    expect(missed?.alarm_description).toContain("--name-prefix trailwarden-forward-");
    expect(new Tally().reach).toHaveProperty("missed", 0);
  });

  test("in an organization have another on accounts that send nothing", () => {
    const names = added(ORGANIZATION);

    expect(names.map(({ alarm_name }) => alarm_name)).toEqual([
      "trailwarden-accounts-silent",
      "trailwarden-event-path-missed",
    ]);
    expect(names[0]).toMatchObject(metric("AccountsSilent"));
    for (const { alarm_description } of names) expect(String(alarm_description).length).toBeLessThan(1_024);
  });
});
