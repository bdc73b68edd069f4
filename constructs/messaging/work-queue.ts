import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Deployment } from "../deployment/deployment";
import { DeadLetterQueue, MAX_MESSAGE_BYTES } from "./dead-letter-queue";
import { type QueueSender, queuePolicy } from "./queue-policy";

/** A message that fails this often goes to the dead-letter queue, unless its queue says otherwise. */
export const MAX_RECEIVE_COUNT = 5;
const RETENTION_SECONDS = 4 * 24 * 3600;

export interface WorkQueueProps {
  readonly deployment: Deployment;
  /** What is queued, as the middle of the queue's name: `events`. */
  readonly thing: string;
  /** Timeout of the function that reads the queue, in seconds. */
  readonly functionTimeoutSeconds: number;
  readonly senders: readonly QueueSender[];
  /**
   * After how many receives a message goes to the dead-letter queue.
   *
   * @default - MAX_RECEIVE_COUNT
   */
  readonly maxReceiveCount?: number;
}

/** A queue that the function reads, with its dead-letter queue. */
export class WorkQueue extends Construct {
  readonly queueName: string;
  readonly arn: string;
  readonly url: string;
  readonly deadLetters: DeadLetterQueue;
  /** What must exist before a sender's messages are let in. */
  readonly writable: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const name = props.deployment.name(props.thing);
    this.deadLetters = new DeadLetterQueue(this, "DeadLetters", { queueName: `${name}-dlq` });
    const queue = new SqsQueue(this, "Queue", {
      name,
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: RETENTION_SECONDS,
      maxMessageSize: MAX_MESSAGE_BYTES,
      // AWS's advice for Lambda: six times the function's timeout, so that no message comes twice while it is retried.
      visibilityTimeoutSeconds: 6 * props.functionTimeoutSeconds,
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: this.deadLetters.arn,
        maxReceiveCount: props.maxReceiveCount ?? MAX_RECEIVE_COUNT,
      }),
    });
    new SqsQueueRedriveAllowPolicy(this, "RedriveAllowPolicy", {
      queueUrl: this.deadLetters.url,
      redriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
    });
    const policy = new SqsQueuePolicy(this, "Policy", {
      queueUrl: queue.url,
      policy: queuePolicy(queue.arn, props.senders),
    });
    this.queueName = queue.name;
    this.arn = queue.arn;
    this.url = queue.url;
    this.writable = [policy];
  }
}
