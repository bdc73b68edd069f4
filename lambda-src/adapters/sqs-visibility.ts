import { ChangeMessageVisibilityCommand, SQSClient } from "@aws-sdk/client-sqs";

const client = new SQSClient({});

/** Hides a message that has been received for so many seconds from now. */
export async function hideMessage(
  queueUrl: string,
  receiptHandle: string,
  seconds: number,
  abortSignal: AbortSignal,
): Promise<void> {
  await client.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    }),
    { abortSignal },
  );
}
