import { describe, expect, test } from "@jest/globals";
import { jsonLines } from "../../../alerting/log";
import { withNames } from "../../../assertions/names";
import { reference, resources, theAttributes, theResource } from "../../../assertions/resources";
import { CHANNELS, synthesizeStack } from "../synthesize-stack";

const stack = synthesizeStack({}, { unchecked: { channels: CHANNELS } });
const urgent = reference(theResource(stack, "aws_sns_topic", "UrgentTopic"), "arn");
const notifier = theResource(stack, "aws_lambda_function", "Notifier_Function");
const queue = theResource(stack, "aws_sqs_queue", "ChannelQueue");

function alarm(path: string) {
  return theAttributes(stack, "aws_cloudwatch_metric_alarm", `Alarms_${path}`);
}

test("each alarm of the notifier's publishes to the urgent topic, under the prefix that it lets in", () => {
  const own = resources(stack, "aws_cloudwatch_metric_alarm").filter(({ address }) =>
    /Alarms_(Notifier|Channel)/.test(address),
  );

  expect(own.map(({ attributes }) => withNames(stack, attributes.alarm_name)).sort()).toEqual([
    "trailwarden-channels-delayed",
    "trailwarden-channels-dlq-not-empty",
    "trailwarden-notifier-errors",
    "trailwarden-notifier-processing-errors",
  ]);
  for (const { attributes } of own) {
    expect(attributes.alarm_actions).toEqual([urgent]);
    expect(attributes.treat_missing_data).toBe("notBreaching");
  }
});

test("the first dead letter raises an alarm", () => {
  expect(alarm("ChannelDeadLetters")).toMatchObject({
    metric_name: "ApproximateNumberOfMessagesVisible",
    dimensions: {
      QueueName: reference(theResource(stack, "aws_sqs_queue", "ChannelQueue_DeadLetters_Queue"), "name"),
    },
    threshold: 0,
  });
});

test("the first error of the function raises an alarm", () => {
  expect(alarm("NotifierErrors")).toMatchObject({
    namespace: "AWS/Lambda",
    metric_name: "Errors",
    dimensions: { FunctionName: reference(notifier, "function_name") },
    threshold: 0,
  });
});

test("a message that waits for more than 15 minutes raises an alarm", () => {
  expect(alarm("ChannelDelay")).toMatchObject({
    namespace: "AWS/SQS",
    metric_name: "ApproximateAgeOfOldestMessage",
    dimensions: { QueueName: reference(queue, "name") },
    statistic: "Maximum",
    comparison_operator: "GreaterThanThreshold",
    threshold: 900,
  });
});

describe("processing errors", () => {
  const filter = theAttributes(stack, "aws_cloudwatch_log_metric_filter", "Alarms_NotifierMetric");

  test("are counted from the notifier's own log and raise an alarm", () => {
    expect(filter.log_group_name).toBe(
      reference(theResource(stack, "aws_cloudwatch_log_group", "Notifier_LogGroup"), "name"),
    );
    expect(filter.metric_transformation).toEqual({
      name: "NotifierProcessingErrors",
      namespace: "trailwarden",
      value: "1",
    });
    expect(alarm("NotifierProcessingErrors")).toMatchObject({
      namespace: "trailwarden",
      metric_name: "NotifierProcessingErrors",
      statistic: "Sum",
      threshold: 0,
    });
  });

  test("are the lines of that level, and no other lines", () => {
    const lines: string[] = [];
    const log = jsonLines((line) => lines.push(line));
    log.processingError("channel refused the message", {});
    log.info("invocation closed", {});

    expect(filter.pattern).toBe('{ $.level = "WARN" }');
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(["WARN", "INFO"]);
  });
});
