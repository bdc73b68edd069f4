import { expect, test } from "@jest/globals";
import { withNames } from "../../assertions/names";
import { resources } from "../../assertions/resources";
import { NAMES } from "../../config/custom-detections/fixture-names";
import { catalogue } from "../../detection/catalogue/catalogue";
import { wrapRecord } from "../../detection/events/envelope";
import { matchedDetections } from "../../detection/matching/matched-detections";
import { enable } from "../alerting/run-pipeline";
import { harmless } from "../detection/events/records";
import { CHANNELS, synthesizeStack } from "./synthesize-stack";

const stack = synthesizeStack({}, { unchecked: { channels: CHANNELS } });
const guards = enable(catalogue.filter(({ deployers }) => deployers === "ignored"));

type Call = readonly [service: string, eventName: string, requestParameters: object];

/** For every type of resource that could be deleted or silenced, a call that does so. */
const CALLS: Readonly<Record<string, (name: string) => Call>> = {
  aws_cloudwatch_event_rule: (name) => ["events", "DisableRule", { name }],
  aws_cloudwatch_log_group: (logGroupName) => ["logs", "DeleteLogGroup", { logGroupName }],
  aws_cloudwatch_metric_alarm: (name) => ["monitoring", "DeleteAlarms", { alarmNames: [name] }],
  aws_dynamodb_table: (tableName) => ["dynamodb", "DeleteTable", { tableName }],
  aws_iam_role: (roleName) => ["iam", "DeleteRole", { roleName }],
  aws_lambda_function: (functionName) => ["lambda", "DeleteFunction20150331", { functionName }],
  aws_scheduler_schedule: (name) => ["scheduler", "DeleteSchedule", { name }],
  aws_scheduler_schedule_group: (name) => ["scheduler", "DeleteScheduleGroup", { name }],
  aws_sns_topic: (name) => ["sns", "DeleteTopic", { topicArn: `arn:aws:sns:us-east-1:${NAMES.account}:${name}` }],
  aws_sqs_queue: (name) => ["sqs", "PurgeQueue", { queueUrl: `https://sqs.us-east-1.amazonaws.com/1/${name}` }],
};

test.each(Object.entries(CALLS))("every %s of the stack is guarded", (type, callOn) => {
  const attributes = resources(stack, type).map((resource) => resource.attributes);
  const names = attributes.map(({ name, alarm_name, function_name }) =>
    withNames(stack, name ?? alarm_name ?? function_name),
  );

  const unguarded = names.filter((name) => {
    const [service, eventName, requestParameters] = callOn(name);
    const record = harmless({ eventSource: `${service}.amazonaws.com`, eventName, requestParameters });
    return matchedDetections(guards, wrapRecord(record)).length !== 1;
  });

  expect(names.length).toBeGreaterThan(0);
  expect(unguarded).toEqual([]);
});
