import { describe, expect, test } from "@jest/globals";
import { type DeadLetterPorts, moveToDeadLetterQueue } from "../../../alerting/messages/dead-letters";

const QUEUE = "arn:aws:sqs:us-east-1:111122223333:events";
const URL = "https://sqs.us-east-1.amazonaws.com/111122223333/events-dlq";

/** A graveyard, and what was sent there. */
function graveyard(queues: Readonly<Record<string, string>> = { [QUEUE]: URL }) {
  const sent: (readonly [string, string, string])[] = [];
  const ports: DeadLetterPorts = {
    send: async (...message) => {
      sent.push(message);
    },
    queues,
    maxReceives: 5,
  };
  return { ports, sent };
}

const from = (receives: number, queueArn = QUEUE) => ({ queueArn, body: '{"the":"original" }\n', receives });

describe("moveToDeadLetterQueue", () => {
  test.each([5, 6, 100])("sends a message on its try number %d away as it came, with the reason", async (receives) => {
    const { ports, sent } = graveyard();

    expect(await moveToDeadLetterQueue(from(receives), "Throttled: slow down", ports)).toBe(true);
    expect(sent).toEqual([[URL, '{"the":"original" }\n', "Throttled: slow down"]]);
  });

  test.each([
    ["has tries left", from(4)],
    ["did not come from SQS", undefined],
    ["came from a queue without dead letters", from(5, "arn:aws:sqs:us-east-1:111122223333:other")],
    ["came from a queue named like something that every object has", from(5, "constructor")],
    ["came from a queue without a name", from(5, "")],
  ])("leaves to SQS what %s", async (_, origin) => {
    const { ports, sent } = graveyard();

    expect(await moveToDeadLetterQueue(origin, "why", ports)).toBe(false);
    expect(sent).toEqual([]);
  });

  test("lets the message come again where it can't be sent", async () => {
    const { ports } = graveyard();
    const send = () => Promise.reject(new Error("no queue"));

    await expect(moveToDeadLetterQueue(from(5), "why", { ...ports, send })).rejects.toThrow("no queue");
  });

  test.each([
    ["a long reason", "x".repeat(5_000), `${"x".repeat(999)}…`],
    ["a reason of several lines, with what SQS refuses", "one\r\ntwo\u0000\ud800\uffff three", "one two three"],
    ["no reason", "", "unknown"],
  ])("gives %s a form that SQS takes", async (_, reason, told) => {
    const { ports, sent } = graveyard();

    await moveToDeadLetterQueue(from(5), reason, ports);

    expect(sent[0]?.[2]).toBe(told);
  });
});
