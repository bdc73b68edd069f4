import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

/** Made when needed: hardly any invocation does. */
let client: SQSClient | undefined;

/** Puts a message into a queue, with the reason why it is there as an attribute. */
export async function sendToQueue(
  queueUrl: string,
  body: string,
  reason: string,
  abortSignal: AbortSignal,
): Promise<void> {
  const MessageAttributes = { reason: { DataType: "String", StringValue: reason } };
  client ??= new SQSClient({});
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageAttributes }), {
    abortSignal,
  });
}
