import { describe, expect, test } from "@jest/globals";
import { Random } from "../../tools/random";
import type { Arrival } from "../simulation/traffic";
import { VirtualQueues } from "../simulation/virtual-queues";
import type { Source } from "./estate/estate";

const source = (batchSize: number): Source => ({
  queueArn: "arn",
  queueUrl: "url",
  deadLettersUrl: "dead",
  batchSize,
  maxReceives: 5,
  visibilityMs: 720_000,
});
const arrival = (at: number, queue: Arrival["queue"] = "events"): Arrival => ({
  queue,
  body: `at ${at}`,
  at,
  records: 1,
  processingErrors: 0,
});

function queues(): VirtualQueues {
  return new VirtualQueues({ events: source(10), deliveries: source(2) }, new Random(1));
}

describe("virtual queues", () => {
  test("hand out what has arrived, and hide it until its time is over", () => {
    const waiting = queues();
    waiting.send(arrival(100));

    expect(waiting.receive(99)).toBeUndefined();
    expect(waiting.receive(100)?.batch).toMatchObject([{ body: "at 100", receives: 1 }]);
    expect(waiting.receive(720_099)).toBeUndefined();
    expect(waiting.next).toBe(720_100);
    expect(waiting.receive(720_100)?.batch).toMatchObject([{ body: "at 100", receives: 2 }]);
    expect(waiting.redelivered).toBe(1);
  });

  test("forget what is acknowledged", () => {
    const waiting = queues();
    waiting.send(arrival(1));
    for (const message of waiting.receive(1)?.batch ?? []) waiting.acknowledge(message);

    expect(waiting.size).toBe(0);
    expect(waiting.next).toBeUndefined();
  });

  test("make batches of one queue, no larger than it takes", () => {
    const waiting = queues();
    for (let message = 0; message < 5; message++) waiting.send(arrival(1, "deliveries"));

    expect([1, 1, 1].map((now) => waiting.receive(now)?.batch.length)).toEqual([2, 2, 1]);
  });

  test("hand out two copies of a message apart", () => {
    const waiting = queues();
    waiting.send(arrival(1), 2);

    const [first, second] = [waiting.receive(1), waiting.receive(1)];

    expect([first?.batch.length, second?.batch.length]).toEqual([1, 1]);
    expect(first?.batch[0]?.id).toBe(second?.batch[0]?.id);
  });
});
