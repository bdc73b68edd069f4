import { describe, expect, test } from "@jest/globals";
import { readMessages } from "../../../lambda-src/read/message";
import { harmless } from "../records";

const notice = JSON.stringify({ s3Bucket: "logs", s3ObjectKey: ["a.json.gz", "b.json.gz"] });
const delivery = { kind: "delivery", bucket: "logs", keys: ["a.json.gz", "b.json.gz"] };
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
const sqs = (...bodies: readonly string[]) => ({
  Records: bodies.map((body, i) => ({ messageId: `m${i}`, eventSource: "aws:sqs", body })),
});

describe("readMessages", () => {
  test("reads CloudTrail's notification as SQS carries it raw", () => {
    expect(readMessages(sqs(notice))).toEqual([{ id: "m0", content: delivery }]);
  });

  test("reads CloudTrail's notification in SNS's envelope inside SQS", () => {
    const enveloped = JSON.stringify({ Type: "Notification", MessageId: "x", TopicArn: "t", Message: notice });

    expect(readMessages(sqs(enveloped))).toEqual([{ id: "m0", content: delivery }]);
  });

  test("reads CloudTrail's notification straight from SNS, as in the brief's test event", () => {
    const fromSns = { Records: [{ EventSource: "aws:sns", EventVersion: "1.0", Sns: { Message: notice } }] };

    expect(readMessages(fromSns)).toEqual([{ id: undefined, content: delivery }]);
  });

  test("reads an event of EventBridge from SQS and directly", () => {
    expect(readMessages(sqs(JSON.stringify(event)))).toEqual([{ id: "m0", content: { kind: "event", event } }]);
    expect(readMessages(event)).toEqual([{ id: undefined, content: { kind: "event", event } }]);
  });

  test("takes an event whose envelope is oddly written", () => {
    const [message] = readMessages({ ...event, account: 5, region: null, time: {} });

    expect(message?.content).toMatchObject({ kind: "event", event: { account: "", region: "", time: "" } });
  });

  test("tells an event whose detail can't be judged from one it can", () => {
    const [message] = readMessages({ ...event, detail: { eventName: "X" } });

    expect(message?.content).toEqual({
      kind: "unjudgeable",
      reason: "eventSource is absent, not a name",
      eventId: "e1",
    });
  });

  test.each([
    ["CloudTrail's validation message", "CloudTrail validation message.", "the message is not JSON"],
    ["another notification", '{"hello":"world"}', "neither CloudTrail's notification nor an event"],
    ["a number", "7", "the message is a number, not an object"],
    ["an S3 event notification", '{"Records":[{"s3":{}}]}', "neither CloudTrail's notification nor an event"],
  ])("does not recognise %s", (_, body, reason) => {
    const [message] = readMessages(sqs(body));

    expect(message).toMatchObject({ id: "m0", content: { kind: "unrecognised" } });
    expect(message?.content).toHaveProperty("reason", expect.stringContaining(reason));
  });

  test.each([[undefined], [null], ["text"], [{}], [{ Records: [null, 5, { body: 7 }] }]])(
    "makes an unrecognised message of the invocation %j",
    (invocation) => {
      const messages = readMessages(invocation);

      expect(messages.length).toBeGreaterThan(0);
      expect(messages.every(({ content }) => content.kind === "unrecognised")).toBe(true);
    },
  );
});
