import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Deployment } from "../deployment/deployment";
import { WorkQueue } from "../messaging/work-queue";

/** Seconds that the notifier may take for ten messages. */
export const NOTIFIER_TIMEOUT_SECONDS = 60;

/**
 * A message may be received more often than elsewhere: a vendor may be down for days, and rate limits ask for waiting. The
 * notifier chooses how long each time, and gives a message up after three days. So often as not to be used up before that; and
 * not so often that the queue's retention ends first for a message whose invocations die, which waits for the queue's own time.
 */
export const CHANNEL_MAX_RECEIVES = 800;

export interface ChannelQueueProps {
  readonly deployment: Deployment;
  readonly alertsTopicArn: string;
  readonly urgentTopicArn: string;
  /** ARN of the queue that takes what this one would not. */
  readonly deadLetterArn: string;
  /** What must exist before that one's messages are let in. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** The queue that the notifier reads, and its subscriptions: of alerts, and of what EventBridge and alarms publish. */
export class ChannelQueue extends Construct {
  readonly queue: WorkQueue;

  constructor(scope: Construct, id: string, props: ChannelQueueProps) {
    super(scope, id);
    const { deployment, alertsTopicArn, urgentTopicArn, deadLetterArn, dependsOn } = props;
    this.queue = new WorkQueue(this, "Queue", {
      deployment,
      thing: "channels",
      functionTimeoutSeconds: NOTIFIER_TIMEOUT_SECONDS,
      maxReceiveCount: CHANNEL_MAX_RECEIVES,
      senders: [{ service: "sns.amazonaws.com", sourceArns: [alertsTopicArn, urgentTopicArn] }],
    });
    for (const [name, topicArn] of [
      ["Alerts", alertsTopicArn],
      ["Urgent", urgentTopicArn],
    ] as const) {
      new SnsTopicSubscription(this, name, {
        topicArn,
        protocol: "sqs",
        endpoint: this.queue.arn,
        rawMessageDelivery: true,
        redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetterArn }),
        dependsOn: [...this.queue.writable, ...dependsOn],
      });
    }
  }
}
