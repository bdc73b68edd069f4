import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface DeliveriesSubscriptionProps {
  readonly topicArn: string;
  readonly queueArn: string;
  /** ARN of the queue that takes what the deliveries queue would not. */
  readonly deadLetterArn: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Hands CloudTrail's notices to the deliveries queue, as CloudTrail wrote them. */
export class DeliveriesSubscription extends Construct {
  constructor(scope: Construct, id: string, props: DeliveriesSubscriptionProps) {
    super(scope, id);
    new SnsTopicSubscription(this, "Subscription", {
      topicArn: props.topicArn,
      protocol: "sqs",
      endpoint: props.queueArn,
      rawMessageDelivery: true,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: props.deadLetterArn }),
      dependsOn: [...props.dependsOn],
    });
  }
}
