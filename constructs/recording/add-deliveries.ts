import type { Construct } from "constructs";
import type { DeadLetterQueue } from "../messaging/dead-letter-queue";
import { DeliveriesSubscription } from "../messaging/deliveries-subscription";
import { WorkQueue, type WorkQueueProps } from "../messaging/work-queue";
import type { Recording } from "./add-recording";
import { DeliveriesRule, deliveriesRuleArn } from "./deliveries-rule";

export interface DeliveriesProps extends Omit<WorkQueueProps, "thing" | "senders"> {
  readonly recording: Recording;
  readonly undeliveredNotices: DeadLetterQueue;
  readonly undeliveredEvents: DeadLetterQueue;
}

/** The queue of new log files, which their topic names, or S3's events where there is none. */
export function addDeliveries(
  scope: Construct,
  { recording, undeliveredNotices, undeliveredEvents, ...props }: DeliveriesProps,
): WorkQueue {
  const { deliveries, archive, prefixes } = recording;
  const { deployment } = props;
  const queue = new WorkQueue(scope, "DeliveriesQueue", {
    ...props,
    thing: "deliveries",
    senders: [
      deliveries
        ? { service: "sns.amazonaws.com", sourceArns: [deliveries.arn] }
        : { service: "events.amazonaws.com", sourceArns: [deliveriesRuleArn(deployment)] },
    ],
  });
  if (deliveries) {
    new DeliveriesSubscription(scope, "DeliveriesSubscription", {
      topicArn: deliveries.arn,
      queueArn: queue.arn,
      deadLetterArn: undeliveredNotices.arn,
      dependsOn: [...queue.writable, ...undeliveredNotices.writable],
    });
  } else {
    new DeliveriesRule(scope, "DeliveriesRule", {
      deployment,
      bucketName: archive.bucketName,
      prefixes,
      queueArn: queue.arn,
      deadLetterArn: undeliveredEvents.arn,
      dependsOn: [...queue.writable, ...undeliveredEvents.writable],
    });
  }
  return queue;
}
