import { expect, test } from "@jest/globals";
import { problemsOf } from "../../.ci/compare-package";
import { differences } from "../../.ci/compare-stacks";

const CLONE = { resource: { aws_sqs_queue: { Events: { name: "e" } }, aws_sqs_queue_policy: {} } };
const OWN = {
  aws_sqs_queue: { Events: { name: "e" }, Tickets: {} },
  aws_sqs_queue_policy: { TicketsPolicy: {} },
};
const PLACE = "trailwarden/cdk.tf.json ";

function problems(sample: object): readonly string[] {
  const subscriptions = { aws_sns_topic_subscription: {} };
  const clone = { resource: { ...CLONE.resource, ...subscriptions } };
  return problemsOf(differences(clone, { resource: { ...subscriptions, ...sample } }, PLACE));
}

const subscription = { aws_sns_topic_subscription: { TicketsSubscription: {} } };

test("the sample's own resources are no difference", () => {
  expect(problems({ ...OWN, ...subscription })).toEqual([]);
});

test("one of them that is missing is told", () => {
  expect(problems(OWN)).toEqual([`MISSING ${PLACE}resource.aws_sns_topic_subscription.TicketsSubscription`]);
});

test("any other difference is told", () => {
  const other = { ...OWN.aws_sqs_queue, Events: { name: "f" }, More: {} };

  expect(problems({ ...OWN, ...subscription, aws_sqs_queue: other })).toEqual([
    `DIFFERENT ${PLACE}resource.aws_sqs_queue.Events.name\n  clone   "e"\n  package "f"`,
    `DIFFERENT ${PLACE}resource.aws_sqs_queue.More\n  clone   undefined\n  package {}`,
  ]);
});

test("what belongs to the stack rather than to the construct is no difference", () => {
  const own = { resource: { aws_sqs_queue: {}, aws_sqs_queue_policy: {}, aws_sns_topic_subscription: {} } };
  const sample = {
    resource: {
      ...own.resource,
      ...subscription,
      aws_sqs_queue: { Tickets: {} },
      aws_sqs_queue_policy: { TicketsPolicy: {} },
    },
  };

  expect(
    problemsOf(
      differences(
        { ...own, output: { arn: 1 }, terraform: { a: 1 }, "//": 1, provider: 1 },
        { ...sample, provider: 2 },
        PLACE,
      ),
    ),
  ).toEqual([`DIFFERENT ${PLACE}provider\n  clone   1\n  package 2`]);
});
