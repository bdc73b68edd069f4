import { describe, expect, test } from "@jest/globals";
import { alertStateTable } from "../alerting/alert-state-table";
import { tableInput } from "./estate/table";
import { Terraform } from "./estate/terraform";

function terraform(resource: Record<string, Record<string, Record<string, unknown>>>): Terraform {
  return new Terraform({ resource, provider: { aws: [{ region: "eu-west-1" }] } });
}

describe("a stack's references", () => {
  const stack = terraform({
    aws_sqs_queue: { Events: { name: "events" } },
    aws_sns_topic: { Alerts: { name: "alerts" } },
  });

  test("stand for what AWS would answer", () => {
    expect(stack.text("${aws_sns_topic.Alerts.arn}")).toBe("arn:aws:sns:eu-west-1:111122223333:alerts");
    expect(stack.arn("aws_sqs_queue", "Events")).toBe("arn:aws:sqs:eu-west-1:111122223333:events");
  });

  test("stand for what has been created, once it is known", () => {
    stack.know("aws_sqs_queue", "Events", "url", "http://localhost/events");

    expect(stack.text('{"${aws_sqs_queue.Events.arn}":"${aws_sqs_queue.Events.url}"}')).toBe(
      '{"arn:aws:sqs:eu-west-1:111122223333:events":"http://localhost/events"}',
    );
  });
});

test("a table is created with its keys and indexes", () => {
  const table = { ...alertStateTable(), billing_mode: "PAY_PER_REQUEST" };

  expect(tableInput(terraform({ aws_dynamodb_table: { Seen: table } }), table)).toEqual({
    TableName: "trailwarden-seen",
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    AttributeDefinitions: [
      { AttributeName: "pk", AttributeType: "S" },
      { AttributeName: "sk", AttributeType: "S" },
      { AttributeName: "open", AttributeType: "S" },
      { AttributeName: "closesAt", AttributeType: "N" },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: "open-closesAt",
        KeySchema: [
          { AttributeName: "open", KeyType: "HASH" },
          { AttributeName: "closesAt", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
    ],
  });
});
