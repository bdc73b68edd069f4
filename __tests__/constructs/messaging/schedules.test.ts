import { describe, expect, test } from "@jest/globals";
import { withNames } from "../../../assertions/names";
import { statements, theStatement } from "../../../assertions/policy-statements";
import { reference, resources, theAttributes, theResource } from "../../../assertions/resources";
import type { Attributes } from "../../../assertions/synthesized-stack";
import { ACCOUNT, PARTITION, synthesizeStack } from "../synthesize-stack";

const stack = synthesizeStack();
const schedules = resources(stack, "aws_scheduler_schedule").map(({ attributes }) => attributes);
const role = theResource(stack, "aws_iam_role", "Schedules_Role");

function targetOf({ target }: Attributes): Attributes {
  return target as Attributes;
}

test("the events queue is sent these messages, then", () => {
  expect(schedules.map((each) => [each.schedule_expression, targetOf(each).input])).toEqual([
    ["rate(5 minutes)", '{"trailwarden":"close-windows"}'],
    ["cron(0 7 * * ? *)", '{"trailwarden":"send-digest"}'],
  ]);
});

describe("every schedule", () => {
  test("sends to the events queue by the schedules' role", () => {
    for (const each of schedules) {
      expect(targetOf(each)).toMatchObject({
        arn: reference(theResource(stack, "aws_sqs_queue", "EventsQueue"), "arn"),
        role_arn: reference(role, "arn"),
      });
    }
  });

  test("keeps its time, which is UTC", () => {
    for (const each of schedules) {
      expect(each).toMatchObject({ schedule_expression_timezone: "UTC", flexible_time_window: { mode: "OFF" } });
    }
  });

  test("tries until the next message is due, then leaves it among what targets did not take, which has an alarm", () => {
    expect(schedules.map((each) => targetOf(each).retry_policy)).toEqual([
      { maximum_event_age_in_seconds: 300, maximum_retry_attempts: 185 },
      { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
    ]);
    for (const each of schedules) {
      expect(targetOf(each).dead_letter_config).toEqual({
        arn: reference(theResource(stack, "aws_sqs_queue", "TargetDeadLetters_Queue"), "arn"),
      });
    }
  });

  test("is made after its role may send", () => {
    for (const { depends_on } of schedules) {
      expect(depends_on).toEqual([theResource(stack, "aws_iam_role_policy", "Schedules_RolePolicy").address]);
    }
  });

  test("belongs to the group of this deployment", () => {
    const group = theResource(stack, "aws_scheduler_schedule_group");

    expect(group.attributes.name).toBe("trailwarden-schedules");
    for (const { group_name } of schedules) expect(group_name).toBe(reference(group, "name"));
  });
});

describe("the schedules' role", () => {
  test("can be assumed by Scheduler for this account's group alone", () => {
    expect(statements(role, "assume_role_policy")).toMatchObject([
      { effect: "Allow", principal: { Service: "scheduler.amazonaws.com" }, actions: ["sts:AssumeRole"] },
    ]);
    expect(theStatement(role, "AssumedByService", "assume_role_policy").condition).toEqual({
      StringEquals: {
        "aws:SourceAccount": ACCOUNT,
        "aws:SourceArn": `arn:${PARTITION}:scheduler:us-east-1:${ACCOUNT}:schedule-group/trailwarden-schedules`,
      },
    });
  });

  test("may decrypt what the two schedules hold, by their names", () => {
    const policy = theResource(stack, "aws_iam_role_policy", "Schedules_RolePolicy");
    const arns = schedules.map(
      ({ group_name, name }) =>
        `arn:${PARTITION}:scheduler:us-east-1:${ACCOUNT}:schedule/${withNames(stack, group_name)}/${name}`,
    );

    expect(theStatement(policy, "DecryptMessages").condition).toEqual({
      StringEquals: { "kms:EncryptionContext:aws:scheduler:schedule:arn": arns },
    });
    expect(arns).toHaveLength(2);
  });
});

test("Scheduler takes the longest names: 64 characters", () => {
  const long = synthesizeStack({ namePrefix: "p".repeat(20), region: "ap-southeast-2" });
  const named = [
    ...resources(long, "aws_scheduler_schedule", "aws_scheduler_schedule_group"),
    theResource(long, "aws_iam_role", "Schedules_Role"),
  ].map(({ attributes }) => String(attributes.name));

  expect(named).toHaveLength(4);
  for (const name of named) expect(name).toMatch(/^[\w.-]{1,64}$/);
  expect(theAttributes(long, "aws_dynamodb_table").name).toMatch(/^[\w.-]{3,255}$/);
});
