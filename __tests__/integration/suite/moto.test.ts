import { deepEqual, equal } from "node:assert/strict";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { describe } from "@jest/globals";
import { worldChecks } from "./world-checks";

const ASKERS = 12;
const numbers = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"));

/** What every other check takes for granted: that moto, asked for several things at the same time, does them one by one. */
describe("moto", () => {
  const check = worldChecks();

  check(
    "of those who ask for messages at the same time, one gets each of them and can delete it",
    async ({ clients: { sqs } }) => {
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "asked-at-the-same-time" }));
      for (const MessageBody of numbers) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
      const got: (string | undefined)[] = [];

      const ask = async (): Promise<void> => {
        for (;;) {
          const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 2 }));
          if (Messages.length === 0) return;
          for (const { Body, ReceiptHandle } of Messages) {
            got.push(Body);
            await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
          }
        }
      };
      await Promise.all(Array.from({ length: ASKERS }, ask));

      deepEqual(got.sort(), numbers);
    },
  );

  check(
    "of those who write an item on the same condition at the same time, one does",
    async ({ clients: { dynamodb }, estate }) => {
      const claim = async (pk: string): Promise<number> => {
        const results = await Promise.allSettled(
          Array.from({ length: ASKERS }, () =>
            dynamodb.send(
              new PutItemCommand({
                TableName: estate.environment.SEEN_TABLE,
                Item: { pk: { S: pk }, sk: { S: "claim" } },
                ConditionExpression: "attribute_not_exists(pk)",
              }),
            ),
          ),
        );
        return results.filter(({ status }) => status === "fulfilled").length;
      };

      for (const number of numbers) equal(await claim(`at-the-same-time#${number}`), 1);
    },
  );
});
