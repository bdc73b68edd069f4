import { oneLine } from "../../detection/events/text";
import type { Origin } from "./message";

/** Characters of a reason that a message attribute is given. */
const MAX_REASON = 1_000;

/** Puts a message into a queue, with the reason as an attribute. */
export type SendToQueue = (queueUrl: string, body: string, reason: string) => Promise<void>;

export interface DeadLetterPorts {
  readonly send: SendToQueue;
  /** Address of the dead-letter queue, by the ARN of the queue it belongs to. */
  readonly queues: Readonly<Record<string, string>>;
  readonly maxReceives: number;
}

/**
 * Moves a message that has failed at its last try to its dead-letter queue, as it came and with the reason. SQS would move it too, but could not say why.
 *
 * @returns false when it has tries left, or its queue has no known dead-letter queue: then SQS brings it again, or moves it
 * @throws when it could not be sent, likewise
 */
export async function moveToDeadLetterQueue(
  origin: Origin | undefined,
  reason: string,
  ports: DeadLetterPorts,
): Promise<boolean> {
  if (!origin || origin.receives < ports.maxReceives) return false;
  const queueUrl = Object.hasOwn(ports.queues, origin.queueArn) ? ports.queues[origin.queueArn] : undefined;
  if (queueUrl === undefined) return false;
  await ports.send(queueUrl, origin.body, oneLine(reason, MAX_REASON) || "unknown");
  return true;
}
