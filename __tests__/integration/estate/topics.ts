import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand } from "@aws-sdk/client-sqs";
import type { Attributes } from "../../../cli/demo/synthesized-stack";
import { DEMO_ACCOUNT } from "../../../cli/demo/synthesized-stack";
import type { Clients } from "../moto/clients";
import type { Terraform } from "./terraform";

/** Somebody who is told, and the queue that stands in for their mailbox or phone. */
export interface Person {
  readonly protocol: string;
  readonly endpoint: string;
  readonly topicArn: string;
  readonly queueUrl: string;
}

/** Creates the stack's topics. moto delivers what they get to queues at once. */
export async function createTopics(terraform: Terraform, { sns }: Clients): Promise<void> {
  for (const [id, topic] of terraform.all("aws_sns_topic")) {
    const { TopicArn = "" } = await sns.send(
      new CreateTopicCommand({
        Name: terraform.text(topic.name),
        Attributes: { KmsMasterKeyId: terraform.text(topic.kms_master_key_id) },
      }),
    );
    terraform.know("aws_sns_topic", id, "arn", TopicArn);
  }
}

/**
 * Creates the stack's subscriptions. A person gets a queue instead, with the same filter.
 *
 * @returns the people
 */
export async function createSubscriptions(terraform: Terraform, clients: Clients): Promise<readonly Person[]> {
  const people: Person[] = [];
  for (const [, subscription] of terraform.all("aws_sns_topic_subscription")) {
    const [protocol, endpoint] = [terraform.text(subscription.protocol), terraform.text(subscription.endpoint)];
    const topicArn = terraform.text(subscription.topic_arn);
    if (protocol === "sqs") {
      await subscribe(terraform, clients, subscription, topicArn, endpoint);
      continue;
    }
    const name = `person-${people.length}`;
    const { QueueUrl = "" } = await clients.sqs.send(new CreateQueueCommand({ QueueName: name }));
    people.push({ protocol, endpoint, topicArn, queueUrl: QueueUrl });
    await subscribe(
      terraform,
      clients,
      { ...subscription, raw_message_delivery: false, redrive_policy: undefined },
      topicArn,
      `arn:aws:sqs:${terraform.region}:${DEMO_ACCOUNT}:${name}`,
    );
  }
  return people;
}

async function subscribe(
  terraform: Terraform,
  { sns }: Clients,
  subscription: Attributes,
  topicArn: string,
  endpoint: string,
): Promise<void> {
  const { raw_message_delivery: raw, filter_policy: filter, redrive_policy: redrive } = subscription;
  await sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: "sqs",
      Endpoint: endpoint,
      Attributes: {
        RawMessageDelivery: String(raw ?? false),
        ...(filter !== undefined && { FilterPolicy: terraform.text(filter) }),
        ...(redrive !== undefined && { RedrivePolicy: terraform.text(redrive) }),
      },
    }),
  );
}
