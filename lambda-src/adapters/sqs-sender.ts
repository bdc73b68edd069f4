import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const client = new SQSClient({});

/** Puts a message into a queue, with the reason why it is there as an attribute. */
export async function sendToQueue(
  queueUrl: string,
  body: string,
  reason: string,
  abortSignal: AbortSignal,
): Promise<void> {
  const MessageAttributes = { reason: { DataType: "String", StringValue: reason } };
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageAttributes }), {
    abortSignal,
  });
}
