import { describe, expect, test } from "@jest/globals";
import { statements, theStatement } from "../../../assertions/policy-statements";
import { reference, resources, theAttributes, theResource } from "../../../assertions/resources";
import { ACCOUNT, PARTITION, synthesizeStack, TRAIL_ARN } from "../synthesize-stack";

const stack = synthesizeStack();
const topics = resources(stack, "aws_sns_topic");

function publishers(path: string): readonly (readonly string[])[] {
  return statements(theResource(stack, "aws_sns_topic_policy", path))
    .filter(({ effect }) => effect === "Allow")
    .map(({ sid, services, actions }) => [sid, ...services, ...actions]);
}

describe("every topic", () => {
  test("has its own name", () => {
    expect(topics.map(({ attributes }) => attributes.name)).toEqual([
      "cloudtrail-alerts-demo",
      "trailwarden-deliveries",
      "APICallAlert",
    ]);
  });

  test("is encrypted with a customer key, never with alias/aws/sns", () => {
    const keys = resources(stack, "aws_kms_key").map((key) => reference(key, "arn"));

    for (const { attributes } of topics) expect(keys).toContain(attributes.kms_master_key_id);
  });

  test("has one policy", () => {
    const covered = resources(stack, "aws_sns_topic_policy").map(({ attributes }) => attributes.arn);

    expect(covered).toEqual(topics.map((topic) => reference(topic, "arn")));
  });
});

describe("the deliveries topic", () => {
  test("shares the log archive's key", () => {
    expect(theAttributes(stack, "aws_sns_topic", "DeliveriesTopic").kms_master_key_id).toBe(
      reference(theResource(stack, "aws_kms_key", "ArchiveKey"), "arn"),
    );
  });

  test("takes CloudTrail's notices of this trail alone", () => {
    const policy = theResource(stack, "aws_sns_topic_policy", "DeliveriesTopic_Policy");

    expect(publishers("DeliveriesTopic_Policy")).toEqual([
      ["CloudTrailPublishes", "cloudtrail.amazonaws.com", "sns:Publish"],
    ]);
    expect(theStatement(policy, "CloudTrailPublishes").condition).toEqual({
      StringEquals: { "aws:SourceArn": TRAIL_ARN },
    });
  });

  test("hands notices to the deliveries queue as CloudTrail wrote them, once the queue lets them in", () => {
    const { endpoint, protocol, raw_message_delivery, depends_on, topic_arn } = theAttributes(
      stack,
      "aws_sns_topic_subscription",
      "DeliveriesSubscription",
    );

    expect({ endpoint, protocol, raw_message_delivery, topic_arn }).toEqual({
      topic_arn: reference(theResource(stack, "aws_sns_topic", "DeliveriesTopic"), "arn"),
      endpoint: reference(theResource(stack, "aws_sqs_queue", "DeliveriesQueue"), "arn"),
      protocol: "sqs",
      raw_message_delivery: true,
    });
    expect(depends_on).toContain(theResource(stack, "aws_sqs_queue_policy", "DeliveriesQueue_Policy").address);
  });

  test("is read by nobody but the deliveries queue", () => {
    const arn = reference(theResource(stack, "aws_sns_topic", "DeliveriesTopic"), "arn");
    const subscribed = resources(
      synthesizeStack({ subscribers: [{ protocol: "email", endpoint: "oncall@example.com" }] }),
      "aws_sns_topic_subscription",
    ).filter(({ attributes }) => attributes.topic_arn === arn);

    expect(subscribed.map(({ attributes }) => attributes.protocol)).toEqual(["sqs"]);
  });
});

describe("the alerts topic", () => {
  test("is published to by roles of the account, and by the one alarm that can't rely on the urgent topic", () => {
    const policy = theResource(stack, "aws_sns_topic_policy", "AlertsTopic_Policy");

    expect(publishers("AlertsTopic_Policy")).toEqual([["AlarmPublishes", "cloudwatch.amazonaws.com", "sns:Publish"]]);
    expect(theStatement(policy, "AlarmPublishes").condition).toEqual({
      ArnEquals: {
        "aws:SourceArn": `arn:${PARTITION}:cloudwatch:us-east-1:${ACCOUNT}:alarm:trailwarden-urgent-undelivered`,
      },
    });
  });
});

describe("the urgent topic", () => {
  const policy = theResource(stack, "aws_sns_topic_policy", "UrgentTopic_Policy");
  const arn = reference(theResource(stack, "aws_sns_topic", "UrgentTopic"), "arn");

  test("is published to by EventBridge and by alarms", () => {
    expect(publishers("UrgentTopic_Policy")).toEqual([
      ["EventBridgePublishes", "events.amazonaws.com", "sns:Publish"],
      ["AlarmsPublish", "cloudwatch.amazonaws.com", "sns:Publish"],
    ]);
  });

  test("takes from EventBridge without a condition, under which messages would vanish", () => {
    expect(theStatement(policy, "EventBridgePublishes")).toMatchObject({ resources: [arn], actions: ["sns:Publish"] });
    expect(theStatement(policy, "EventBridgePublishes").condition).toEqual({});
  });

  test("takes from alarms of this stack", () => {
    expect(theStatement(policy, "AlarmsPublish").condition).toEqual({
      ArnLike: { "aws:SourceArn": `arn:${PARTITION}:cloudwatch:us-east-1:${ACCOUNT}:alarm:trailwarden-*` },
    });
  });
});

test("the topics that people read share the alerts key", () => {
  const keyArn = reference(theResource(stack, "aws_kms_key", "AlertsKey"), "arn");

  expect(theAttributes(stack, "aws_sns_topic", "AlertsTopic").kms_master_key_id).toBe(keyArn);
  expect(theAttributes(stack, "aws_sns_topic", "UrgentTopic").kms_master_key_id).toBe(keyArn);
});

test("the topics that people read have the configured names", () => {
  const other = synthesizeStack({ alertsTopicName: "Tell", urgentTopicName: "Shout" });

  expect(theAttributes(other, "aws_sns_topic", "AlertsTopic").name).toBe("Tell");
  expect(theAttributes(other, "aws_sns_topic", "UrgentTopic").name).toBe("Shout");
});
