import { describe, expect, test } from "@jest/globals";
import { readMessages } from "../../../alerting/messages/message";
import { harmless } from "../../detection/events/records";

const notice = JSON.stringify({ s3Bucket: "logs", s3ObjectKey: ["a.json.gz", "b.json.gz"] });
const received = (body: string) => ({ queueArn: QUEUE, body, receives: 2 });
const written = (...keys: readonly unknown[]) => ({
  kind: "delivery",
  objects: keys.map((key) => ({ bucket: "logs", key })),
});
const delivery = written("a.json.gz", "b.json.gz");
const event = {
  version: "0",
  id: "e1",
  "detail-type": "AWS API Call via CloudTrail",
  source: "aws.ec2",
  account: "111122223333",
  time: "2026-11-20T02:12:31Z",
  region: "eu-west-1",
  resources: [],
  detail: harmless(),
};
const QUEUE = "arn:aws:sqs:us-east-1:111122223333:deliveries";
const sqs = (...bodies: readonly string[]) => ({
  Records: bodies.map((body, i) => ({
    messageId: `m${i}`,
    eventSource: "aws:sqs",
    eventSourceARN: QUEUE,
    attributes: { ApproximateReceiveCount: "2" },
    body,
  })),
});

describe("readMessages", () => {
  test("reads CloudTrail's notification as SQS carries it raw", () => {
    expect(readMessages(sqs(notice))).toEqual([{ id: "m0", content: delivery, origin: received(notice) }]);
  });

  test("reads CloudTrail's notification in SNS's envelope inside SQS", () => {
    const enveloped = JSON.stringify({ Type: "Notification", MessageId: "x", TopicArn: "t", Message: notice });

    expect(readMessages(sqs(enveloped))).toEqual([{ id: "m0", content: delivery, origin: received(enveloped) }]);
  });

  test("reads CloudTrail's notification straight from SNS, as in the brief's test event", () => {
    const fromSns = { Records: [{ EventSource: "aws:sns", EventVersion: "1.0", Sns: { Message: notice } }] };

    expect(readMessages(fromSns)).toEqual([{ id: undefined, content: delivery }]);
  });

  test("reads an event of EventBridge from SQS and directly", () => {
    const body = JSON.stringify(event);

    expect(readMessages(sqs(body))).toEqual([{ id: "m0", content: { kind: "event", event }, origin: received(body) }]);
    expect(readMessages(event)).toEqual([{ id: undefined, content: { kind: "event", event } }]);
  });

  test.each(["close-windows", "send-digest"])("reads the Scheduler's task %s from SQS and directly", (task) => {
    const content = { kind: "task", task };

    expect(readMessages(sqs(`{"trailwarden":"${task}"}`))).toMatchObject([{ id: "m0", content }]);
    expect(readMessages({ trailwarden: task })).toEqual([{ id: undefined, content }]);
  });

  test("gives a message without queue or id an origin all the same, and one from SNS none", () => {
    const Message = '{"trailwarden":"send-digest"}';

    expect(readMessages({ Records: [{ body: Message, attributes: null, eventSourceARN: 7, messageId: {} }] })).toEqual([
      {
        id: undefined,
        content: { kind: "task", task: "send-digest" },
        origin: { queueArn: "", body: Message, receives: 1 },
      },
    ]);
    expect(readMessages({ Records: [{ Sns: { Message } }] })[0]).not.toHaveProperty("origin");
  });

  test.each([
    ["1", 1],
    ["5", 5],
    ["1000", 1000],
    ...["", "0", "-3", "two", "1.5", "1e9", "0x10", " 5", "Infinity", "NaN", "99999999999", 5, null, undefined, {}].map(
      (odd) => [odd, 1] as const,
    ),
  ])("takes ApproximateReceiveCount %j for %d", (count, receives) => {
    const { Records } = sqs(notice);
    const attributes = { ApproximateReceiveCount: count };

    expect(readMessages({ Records: [{ ...Records[0], attributes }] })[0]?.origin?.receives).toBe(receives);
  });

  test("takes an event whose envelope is oddly written", () => {
    const [message] = readMessages({ ...event, account: 5, region: null, time: {} });

    expect(message?.content).toMatchObject({ kind: "event", event: { account: "", region: "", time: "" } });
  });

  test("tells an event whose detail can't be judged from one it can", () => {
    const [message] = readMessages({ ...event, detail: { eventName: "X" } });

    expect(message?.content).toEqual({
      kind: "unprocessable",
      reason: "eventSource is absent, not a name",
      eventId: "e1",
    });
  });

  test.each([
    ["CloudTrail's validation message", "CloudTrail validation message.", "the message is not JSON"],
    ["another notification", '{"hello":"world"}', "neither CloudTrail's notification nor an event"],
    ["a number", "7", "the message is a number, not an object"],
    ["a task that nobody knows", '{"trailwarden":"sleep"}', "neither CloudTrail's notification nor an event"],
    ["a list of tasks", '{"trailwarden":["close-windows"]}', "neither CloudTrail's notification nor an event"],
    [
      "records that don't say they are S3's",
      '{"Records":[{"s3":{}}]}',
      "neither CloudTrail's notification nor an event",
    ],
  ])("does not recognise %s", (_, body, reason) => {
    const [message] = readMessages(sqs(body));

    expect(message).toMatchObject({ id: "m0", content: { kind: "unrecognized" } });
    expect(message?.content).toHaveProperty("reason", expect.stringContaining(reason));
  });

  test.each([[undefined], [null], ["text"], [{}], [{ Records: [null, 5, { body: 7 }] }]])(
    "makes an unrecognized message of the invocation %j",
    (invocation) => {
      const messages = readMessages(invocation);

      expect(messages.length).toBeGreaterThan(0);
      expect(messages.every(({ content }) => content.kind === "unrecognized")).toBe(true);
    },
  );
});

describe("an event's account", () => {
  const from = (account: string, recipientAccountId?: unknown) =>
    readMessages(sqs(JSON.stringify({ ...event, account, detail: { ...harmless(), recipientAccountId } })))[0]?.content;

  test("is that of its record", () => {
    expect(from("111122223333", "111122223333")).toMatchObject({ kind: "event", event: { account: "111122223333" } });
  });

  test.each([["444455556666"], ["1111"], ["\u0000constructor"], ["4".repeat(100_000)]])(
    "is no other's, which a member's rule could claim: %.20p",
    (claimed) => {
      const content = from("111122223333", claimed);

      expect(content).toMatchObject({ kind: "unprocessable", eventId: "e1" });
      expect((content as { readonly reason: string }).reason).toMatch(
        /^the record is of account ".{1,40}", but .* 111122223333/,
      );
    },
  );

  test.each([
    ["the record says none", "111122223333", undefined],
    ["the envelope says none", "", "444455556666"],
  ])("is taken as it is where %s", (_, account, recipient) => {
    expect(from(account, recipient)).toMatchObject({ kind: "event" });
  });
});
