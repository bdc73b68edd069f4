import { equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { theStatement } from "trailwarden/assertions/policy-statements";
import { reference, theAttributes, theResource } from "trailwarden/assertions/resources";
import { parseStack } from "trailwarden/assertions/synthesized-stack";

const stack = parseStack(readFileSync("cdktf.out/stacks/trailwarden/cdk.tf.json", "utf8"));
const tickets = theResource(stack, "aws_sqs_queue", "Tickets");
const alerts = reference(theResource(stack, "aws_sns_topic", "AlertsTopic"), "arn");

test("every alert becomes a ticket", () => {
  const subscription = theAttributes(stack, "aws_sns_topic_subscription", "TicketsSubscription");

  equal(subscription.topic_arn, alerts);
  equal(subscription.endpoint, reference(tickets, "arn"));
  equal(subscription.filter_policy, undefined);
});

test("the alerts topic may send, and no other", () => {
  const { actions, condition } = theStatement(theResource(stack, "aws_sqs_queue_policy", "TicketsPolicy"), "SnsSends");

  equal(actions.join(), "sqs:SendMessage");
  equal(String(condition.ArnEquals?.["aws:SourceArn"]), alerts);
});
