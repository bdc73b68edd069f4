import { describe, expect, test } from "@jest/globals";
import { reference, resources, theResource } from "../../../assertions/resources";
import type { SynthesizedStack } from "../../../assertions/synthesized-stack";
import { SUBSCRIBERS, synthesizeStack } from "../synthesize-stack";

const stack = synthesizeStack({ subscribers: SUBSCRIBERS });
const alertsArn = reference(theResource(stack, "aws_sns_topic", "AlertsTopic"), "arn");
const urgentArn = reference(theResource(stack, "aws_sns_topic", "UrgentTopic"), "arn");

/** Subscriptions to a topic, by endpoint. */
function subscriptions(topicArn: string) {
  return new Map(
    resources(stack, "aws_sns_topic_subscription")
      .filter(({ attributes }) => attributes.topic_arn === topicArn)
      .map(({ attributes }) => [attributes.endpoint, attributes]),
  );
}

/** Addresses of subscriptions and whom each reaches. */
function addresses(from: SynthesizedStack): Record<string, unknown> {
  return Object.fromEntries(
    resources(from, "aws_sns_topic_subscription").map(({ address, attributes }) => [address, attributes.endpoint]),
  );
}

test("every subscriber is subscribed once to the alerts and once to the urgent topic", () => {
  const endpoints = SUBSCRIBERS.map(({ endpoint }) => endpoint).sort();

  expect([...subscriptions(alertsArn).keys()].sort()).toEqual(endpoints);
  expect([...subscriptions(urgentArn).keys()].sort()).toEqual(endpoints);
  expect(resources(stack, "aws_sns_topic_subscription")).toHaveLength(2 * SUBSCRIBERS.length + 1);
});

test.each(SUBSCRIBERS)("$protocol is subscribed by that protocol", ({ protocol, endpoint }) => {
  expect(subscriptions(alertsArn).get(endpoint)?.protocol).toBe(protocol);
  expect(subscriptions(urgentArn).get(endpoint)?.protocol).toBe(protocol);
});

describe("on the alerts topic", () => {
  test.each([
    ["sms", "critical", ["critical"]],
    ["sqs", "high", ["critical", "high"]],
    ["https", "medium", ["critical", "high", "medium"]],
  ])("%s is told from %s upwards", (protocol, _, severity) => {
    const subscription = [...subscriptions(alertsArn).values()].find((each) => each.protocol === protocol);

    expect(JSON.parse(String(subscription?.filter_policy))).toEqual({ severity });
    expect(subscription?.filter_policy_scope).toBe("MessageAttributes");
  });

  test("whoever wants to be told from low upwards gets everything, filter or not", () => {
    expect(subscriptions(alertsArn).get("oncall@example.com")).not.toHaveProperty("filter_policy");
  });
});

test("a subscriber with accounts gets their alerts alone, of the severities that it asks for", () => {
  const accounts = ["111122223333", "444455556666"];
  const central = synthesizeStack({
    subscribers: [
      { protocol: "email", endpoint: "low@example.com", minSeverity: "low", accounts },
      { protocol: "email", endpoint: "high@example.com", minSeverity: "high", accounts },
    ],
  });
  const filters = resources(central, "aws_sns_topic_subscription").flatMap(({ attributes }) =>
    attributes.filter_policy === undefined
      ? []
      : [[String(attributes.endpoint), JSON.parse(String(attributes.filter_policy)), attributes.filter_policy_scope]],
  );

  expect(filters.sort()).toEqual([
    ["high@example.com", { severity: ["critical", "high"], account: accounts }, "MessageAttributes"],
    ["low@example.com", { account: accounts }, "MessageAttributes"],
  ]);
});

test("on the urgent topic nobody has a filter: nothing that comes there has an attribute to filter on", () => {
  for (const subscription of subscriptions(urgentArn).values()) {
    expect(subscription).not.toHaveProperty("filter_policy");
    expect(subscription).not.toHaveProperty("filter_policy_scope");
  }
});

test("every subscription, the queue's too, leaves what it can't deliver in the subscriptions' dead-letter queue", () => {
  const deadLetterTargetArn = reference(theResource(stack, "aws_sqs_queue", "SubscriptionDeadLetters_Queue"), "arn");

  for (const { attributes } of resources(stack, "aws_sns_topic_subscription")) {
    expect(JSON.parse(String(attributes.redrive_policy))).toEqual({ deadLetterTargetArn });
  }
});

describe("a subscription's address", () => {
  test("does not depend on the order of the subscribers", () => {
    expect(addresses(synthesizeStack({ subscribers: [...SUBSCRIBERS].reverse() }))).toEqual(addresses(stack));
  });

  test("stays when another subscriber goes", () => {
    const fewer = addresses(synthesizeStack({ subscribers: SUBSCRIBERS.slice(1) }));

    expect(addresses(stack)).toMatchObject(fewer);
  });

  test("stays when its severity changes", () => {
    const louder = SUBSCRIBERS.map((subscriber) => ({ ...subscriber, minSeverity: "critical" }));

    expect(addresses(synthesizeStack({ subscribers: louder }))).toEqual(addresses(stack));
  });

  test("is a contract with the user's state", () => {
    expect(Object.keys(addresses(stack)).sort()).toEqual([
      "aws_sns_topic_subscription.DeliveriesSubscription_0CC32809",
      "aws_sns_topic_subscription.Subscribers_Emaild876c66bAlerts_A34C6BED",
      "aws_sns_topic_subscription.Subscribers_Emaild876c66bUrgent_B479A592",
      "aws_sns_topic_subscription.Subscribers_Https2e6b85b9Alerts_B9DF125C",
      "aws_sns_topic_subscription.Subscribers_Https2e6b85b9Urgent_A327FAE2",
      "aws_sns_topic_subscription.Subscribers_Sms0cbf0194Alerts_E4A6DAB0",
      "aws_sns_topic_subscription.Subscribers_Sms0cbf0194Urgent_664C4A5F",
      "aws_sns_topic_subscription.Subscribers_Sqsa4c32ed9Alerts_84349723",
      "aws_sns_topic_subscription.Subscribers_Sqsa4c32ed9Urgent_6DCFFF42",
    ]);
  });
});

test("without subscribers nobody but the deliveries queue is subscribed", () => {
  expect(resources(synthesizeStack(), "aws_sns_topic_subscription")).toHaveLength(1);
});
