import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type QueueSender, queuePolicy } from "./queue-policy";

/** The longest that SQS keeps a message: 14 days. */
const DEAD_LETTER_RETENTION_SECONDS = 14 * 24 * 3600;
/** The largest message that SQS takes, in bytes. */
export const MAX_MESSAGE_BYTES = 1_048_576;

export interface DeadLetterQueueProps {
  readonly queueName: string;
  /**
   * Services that put undeliverable messages here.
   *
   * @default - none: neither a queue's redrive nor a role of this account needs a statement here
   */
  readonly senders?: readonly QueueSender[];
  /**
   * Where the queue lies.
   *
   * @default - the provider's region
   */
  readonly region?: string;
}

/** Where messages end that could not be delivered or handled; nothing reads it but people. */
export class DeadLetterQueue extends Construct {
  readonly queueName: string;
  readonly arn: string;
  readonly url: string;
  /** What must exist before a sender's messages are let in. */
  readonly writable: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { queueName, senders = [], ...place }: DeadLetterQueueProps) {
    super(scope, id);
    const queue = new SqsQueue(this, "Queue", {
      ...place,
      name: queueName,
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: DEAD_LETTER_RETENTION_SECONDS,
      maxMessageSize: MAX_MESSAGE_BYTES,
    });
    const policy = new SqsQueuePolicy(this, "Policy", {
      ...place,
      queueUrl: queue.url,
      policy: queuePolicy(queue.arn, senders),
    });
    this.queueName = queue.name;
    this.arn = queue.arn;
    this.url = queue.url;
    this.writable = [policy];
  }
}
