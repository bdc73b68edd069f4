import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { NOTIFIER_VARIABLES } from "../../../config/function-environment/notifier-variables";
import { readNotifierEnvironment } from "../../../config/function-environment/read-notifier";
import { TerraformText } from "../../../config/function-environment/write";
import { writeNotifierEnvironment } from "../../../config/function-environment/write-notifier";

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
const record = { noNullPrototype: true };
const QUEUE_URL = "https://sqs.us-east-1.amazonaws.com/111122223333/channels";

const values = fc.record(
  {
    seenTable: text,
    queueUrl: fc.constantFrom(QUEUE_URL, "https://sqs.cn-north-1.amazonaws.com.cn/111122223333/x.y_z"),
    chatTopicArn: fc.constantFrom(undefined, "arn:aws:sns:us-east-1:111122223333:chat"),
    deadLetterQueues: fc.dictionary(text, text, record),
    maxReceives: fc.integer({ min: 1, max: 1_000 }),
    accountNames: fc.dictionary(fc.stringMatching(/^\d{12}$/), text, record),
    timeZone: fc.constantFrom(undefined, "Asia/Tokyo", "UTC"),
    metricsNamespace: text,
  },
  record,
);

test("whatever is written is read back", () => {
  fc.assert(
    fc.property(values, (given) => {
      const { accountNames, timeZone, ...others } = given;

      expect(readNotifierEnvironment(writeNotifierEnvironment(given))).toEqual({
        ...others,
        labels: { accountNames, ...(timeZone !== undefined && { timeZone }) },
      });
    }),
  );
});

test("a text of Terraform's is written as it is", () => {
  const [sample] = fc.sample(values, { numRuns: 1, seed: 1 });
  if (!sample) throw new Error("no sample");

  expect(writeNotifierEnvironment({ ...sample, queueUrl: new TerraformText("${queue.url}") })).toMatchObject({
    QUEUE_URL: "${queue.url}",
  });
});

test.each(["", "https://sqs.us-east-1.amazonaws.com/channels", "arn:aws:sqs:us-east-1:111122223333:channels"])(
  "the queue's address can't be %j",
  (QUEUE_URL) => {
    expect(() => readNotifierEnvironment({ SEEN_TABLE: "t", QUEUE_URL })).toThrow(/^QUEUE_URL is /);
  },
);

test("no variable holds a secret, and none has another's name", () => {
  const names = Object.values(NOTIFIER_VARIABLES).map(({ name }) => name);

  expect(names).toEqual([
    "SEEN_TABLE",
    "QUEUE_URL",
    "CHAT_TOPIC_ARN",
    "DEAD_LETTER_QUEUES",
    "MAX_RECEIVES",
    "ACCOUNT_NAMES",
    "TIME_ZONE",
    "METRICS_NAMESPACE",
  ]);
});
