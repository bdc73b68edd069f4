import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { Clock } from "../clock/clock";
import type { Source } from "../estate/estate";
import type { Worker } from "../functions";

/** What came of polling. */
export interface Polled {
  /** What the function logged. */
  readonly log: readonly string[];
  /** How often a message went back to its queue. */
  readonly failures: number;
  readonly invocations: number;
}

/** The most that SQS hands out at once. */
const MOST_AT_ONCE = 10;

/**
 * Does what Lambda's event source mapping does: takes batches, hands them to processes, deletes what has not failed. The
 * rest stays invisible until the visibility timeout is over, for which the clock is moved.
 */
export async function pollQueue(
  source: Source,
  workers: readonly Worker[],
  sqs: SQSClient,
  clock: Clock,
): Promise<Polled> {
  const log: string[] = [];
  let failures = 0;
  let invocations = 0;
  for (;;) {
    const hidden: Message[] = [];
    const poll = async (worker: Worker): Promise<void> => {
      for (;;) {
        const batch = await receive(source, sqs);
        if (batch.length === 0) return;
        invocations++;
        const failed = await invoke(worker, source, batch, log);
        for (const message of batch) {
          if (failed.has(message.MessageId ?? "")) hidden.push(message);
          else await remove(source, message, sqs);
        }
      }
    };
    await Promise.all(workers.map(poll));
    if (hidden.length === 0) return { log, failures, invocations };
    failures += hidden.length;
    await clock.advance(source.visibilityMs);
    for (const { ReceiptHandle } of hidden) {
      await sqs.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: source.queueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
      );
    }
  }
}

async function receive({ queueUrl, batchSize }: Source, sqs: SQSClient): Promise<readonly Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(batchSize, MOST_AT_ONCE),
      MessageSystemAttributeNames: ["ApproximateReceiveCount"],
      WaitTimeSeconds: 0,
    }),
  );
  return Messages;
}

async function remove({ queueUrl }: Source, { ReceiptHandle }: Message, sqs: SQSClient): Promise<void> {
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
}

/** @returns ids of the messages that are to come again */
async function invoke(
  worker: Worker,
  { queueArn }: Source,
  batch: readonly Message[],
  log: string[],
): Promise<ReadonlySet<string>> {
  const invocation = await worker.invoke(
    queueArn,
    batch.map(({ MessageId = "", Body = "", Attributes }) => ({
      id: MessageId,
      body: Body,
      receives: Number(Attributes?.ApproximateReceiveCount ?? 1),
    })),
  );
  log.push(...invocation.log);
  if (invocation.kind === "died") throw new Error(`the function's process ended\n${invocation.log.join("\n")}`);
  return invocation.kind === "answered" ? invocation.failed : new Set(batch.map(({ MessageId = "" }) => MessageId));
}
