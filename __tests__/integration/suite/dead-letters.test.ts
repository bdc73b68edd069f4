import { deepEqual, equal, match } from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { describe } from "@jest/globals";
import { user } from "../../simulation/templates";
import { telling } from "./calls";
import type { World } from "./world";
import { worldChecks } from "./world-checks";

const buysGpus = telling("costly-resource-created");

interface DeadLetter {
  readonly body: string;
  readonly reason: string;
}

async function deadLetters({ clients, estate }: World): Promise<readonly DeadLetter[]> {
  const QueueUrl = estate.deliveries.deadLettersUrl;
  const { Messages = [] } = await clients.sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] }),
  );
  for (const { ReceiptHandle } of Messages) {
    await clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
  return Messages.map(({ Body = "", MessageAttributes }) => ({
    body: Body,
    reason: MessageAttributes?.reason?.StringValue ?? "",
  }));
}

/** What becomes of messages that can't be handled. */
describe("dead letters", () => {
  const check = worldChecks();

  check(
    "a damaged file keeps no neighbour back, and lies among the dead letters with its reason after 5 tries",
    async (world) => {
      const damaged = gzipSync(JSON.stringify({ Records: [world.record(buysGpus, user("lost"))] })).subarray(0, 60);
      const key = await world.logFile(damaged);

      await world.deliver(world.record(buysGpus, user("before")));
      await world.announce(key);
      await world.deliver(world.record(buysGpus, user("after")));
      const { failures } = await world.poll(1);

      deepEqual((await world.told()).map(({ actor }) => actor).sort(), [
        "IAM user after (account 111122223333)",
        "IAM user before (account 111122223333)",
      ]);
      equal(failures, world.estate.deliveries.maxReceives - 1);
      const [letter, ...others] = await deadLetters(world);
      deepEqual(others, []);
      deepEqual(JSON.parse(letter?.body ?? ""), { s3Bucket: world.estate.bucket, s3ObjectKey: [key] });
      match(letter?.reason ?? "", /truncated/);
    },
  );

  check("a dead letter that is sent again is handled, once its file is whole", async (world) => {
    const record = world.record(buysGpus, user("late"));
    const key = await world.logFile(new Uint8Array([1, 2, 3]));
    await world.announce(key);
    await world.poll(1);
    const [letter] = await deadLetters(world);
    deepEqual(await world.told(), []);

    await world.rewrite(key, [record]);
    await world.sendTo(world.estate.deliveries.queueUrl, letter?.body ?? "");
    await world.poll();

    deepEqual(
      (await world.told()).map(({ eventID }) => eventID),
      [record.eventID],
    );
  });
});
