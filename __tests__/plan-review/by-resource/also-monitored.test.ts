import { describe, expect, test } from "@jest/globals";
import { baseline, entry, valuesOf } from "../plans";
import { ACCOUNT, JUDGE_ARN, outcome, policy, staying, TOPIC_ARN } from "./outcome";

describe("what also belongs to the monitoring", () => {
  const gone = (address: string, values: object) => outcome(entry(address, ["delete"], values, null)).refused;

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

  test("an account that the bus allows", () => {
    const address = "aws_cloudwatch_event_bus_policy.default";
    const puts = {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::210987654321:root" },
      Action: "events:PutEvents",
      Resource: `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/default`,
    };
    const before = { id: "default", event_bus_name: "default", policy: policy(puts) };
    expect(outcome(entry(address, ["update"], before, { ...before, policy: policy() })).refused).toEqual([
      `${address}#policy-statement`,
    ]);
  });

  test("an organization that the bus allows", () => {
    const address = "aws_cloudwatch_event_bus_policy.default";
    const puts = (Condition: object) =>
      policy({ Effect: "Allow", Principal: "*", Action: "events:PutEvents", Resource: "*", Condition });
    const before = {
      id: "default",
      event_bus_name: "default",
      policy: puts({ StringEquals: { "aws:PrincipalOrgID": "o-1" } }),
    };
    const other = { ...before, policy: puts({ StringEquals: { "aws:PrincipalOrgID": "o-2" } }) };
    expect(outcome(entry(address, ["update"], before, other)).refused).toEqual([`${address}#policy-statement`]);
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
    expect(outcome(target, entry(address, ["update"], before, after)).refused).toEqual([`${address}#target-moved`]);
  });
});

test("the baseline itself is fine", () => {
  expect(outcome(...baseline())).toEqual({ refused: [], indeterminate: [] });
});
