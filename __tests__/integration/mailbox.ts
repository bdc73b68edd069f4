import { DeleteMessageBatchCommand, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** A message as a subscriber's queue has it. */
export interface Mail {
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Takes everything out of a queue that is subscribed to a topic. */
export async function readMail(sqs: SQSClient, queueUrl: string): Promise<readonly Mail[]> {
  const mail: Mail[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
    );
    if (Messages.length === 0) return mail;
    for (const { Body = "" } of Messages) {
      const { Message, MessageAttributes = {} } = JSON.parse(Body) as {
        readonly Message: string;
        readonly MessageAttributes?: Readonly<Record<string, { readonly Value: string }>>;
      };
      const attributes = Object.entries(MessageAttributes).map(([name, { Value }]) => [name, Value]);
      mail.push({ text: Message, attributes: Object.fromEntries(attributes) });
    }
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    );
  }
}
