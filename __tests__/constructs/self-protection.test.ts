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

const stack = synthesizeStack(
  {
    regions: ["eu-west-1", "eu-west-2"],
    organization: {
      id: "o-a1b2c3d4e5",
      managementAccount: NAMES.account,
      deliveries: "topic",
      busStatements: [],
      stackSet: { organizationalUnits: ["r-ab12"] },
    },
  },
  { unchecked: { channels: CHANNELS } },
);
const guards = enable(catalogue.filter(({ deployers }) => deployers === "ignored"));

type Call = readonly [service: string, eventName: string, requestParameters: object];

/** For every type of resource that could be deleted or silenced, a call that does so. */
const CALLS: Readonly<Record<string, (name: string) => Call>> = {
  aws_cloudformation_stack_set: (stackSetName) => ["cloudformation", "DeleteStackSet", { stackSetName }],
  aws_cloudwatch_event_bus_policy: () => ["events", "RemovePermission", { removeAllPermissions: true }],
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
    withNames(stack, name ?? alarm_name ?? function_name ?? ""),
  );

  const unguarded = names.filter((name) => {
    const [service, eventName, requestParameters] = callOn(name);
    const record = harmless({
      eventSource: `${service}.amazonaws.com`,
      eventName,
      requestParameters,
      recipientAccountId: NAMES.account,
      awsRegion: NAMES.region,
    });
    return matchedDetections(guards, wrapRecord(record)).length !== 1;
  });

  expect(names.length).toBeGreaterThan(0);
  expect(unguarded).toEqual([]);
});

/** What forwarders are made of in a member account, in any region. */
const MEMBERS: readonly Call[] = [
  ["events", "DisableRule", { name: "trailwarden-forward-1" }],
  ["events", "DeleteRule", { name: "trailwarden-forward-1" }],
  ["events", "PutRule", { name: "trailwarden-forward-1" }],
  ["events", "RemoveTargets", { rule: "trailwarden-forward-1", ids: ["central"] }],
  ["iam", "DeleteRole", { roleName: "trailwarden-forward-ap-south-1" }],
  ["iam", "DetachRolePolicy", { roleName: "trailwarden-forward-ap-south-1" }],
  ["sqs", "DeleteQueue", { queueUrl: "https://sqs.ap-south-1.amazonaws.com/444455556666/trailwarden-forward-dlq" }],
  ["cloudformation", "DeleteStack", { stackName: "StackSet-trailwarden-members-0a1b2c3d" }],
];

test.each(MEMBERS)("a member account's forwarders are guarded: %s %s", (service, eventName, requestParameters) => {
  const record = harmless({
    eventSource: `${service}.amazonaws.com`,
    eventName,
    requestParameters,
    recipientAccountId: "444455556666",
    awsRegion: "ap-south-1",
  });

  expect(matchedDetections(guards, wrapRecord(record))).toHaveLength(1);
});
