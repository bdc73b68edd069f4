import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { ConfiguredChannel } from "../../../alerting/channels/configured-channel";
import { NOTIFIER_VARIABLES } from "../../../config/function-environment/notifier-variables";
import { readNotifierEnvironment } from "../../../config/function-environment/read-notifier";
import { TerraformText } from "../../../config/function-environment/write";
import { writeNotifierEnvironment } from "../../../config/function-environment/write-notifier";

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
const record = { noNullPrototype: true };
const CHANNELS = '[{"id":"a","type":"slack","minSeverity":"low","settings":{}}]';
const QUEUE_URL = "https://sqs.us-east-1.amazonaws.com/111122223333/channels";

const channel = fc.record(
  {
    id: text,
    type: text,
    secret: text,
    minSeverity: fc.constantFrom("low", "medium", "high", "critical"),
    accounts: fc.array(text, { minLength: 1, maxLength: 3 }),
    escalateAfterMinutes: fc.integer({ min: 5, max: 1_440 }),
    settings: fc.dictionary(text, text, record),
  },
  { ...record, requiredKeys: ["id", "type", "minSeverity", "settings"] },
) as fc.Arbitrary<ConfiguredChannel>;

const values = fc.record(
  {
    channels: fc.array(channel, { minLength: 1, maxLength: 3 }),
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
    expect(() => readNotifierEnvironment({ CHANNELS, SEEN_TABLE: "t", QUEUE_URL })).toThrow(/^QUEUE_URL is /);
  },
);

test.each([
  undefined,
  "",
  "[]",
  "{}",
  "[null]",
  '["slack"]',
  '[{"id":"a","type":"slack"',
  '[{"id":"a","type":"slack","settings":{}}]',
  '[{"id":"a","type":"slack","minSeverity":"low","settings":[]}]',
])("the channels can't be %j", (CHANNELS) => {
  expect(() => readNotifierEnvironment({ CHANNELS, SEEN_TABLE: "t", QUEUE_URL })).toThrow(/^CHANNELS is /);
});

test("no text in a channel is a template of Terraform's", () => {
  const channels: readonly ConfiguredChannel[] = [
    { id: "a", type: "webhook", minSeverity: "low", settings: { url: "https://x/${path}%{if}$$${a}$" } },
  ];
  const [sample] = fc.sample(values, { numRuns: 1, seed: 1 });
  if (!sample) throw new Error("no sample");
  const written = writeNotifierEnvironment({ ...sample, channels });

  expect(written.CHANNELS).not.toMatch(/[$%]\{/);
  expect(readNotifierEnvironment({ ...written, QUEUE_URL }).channels).toEqual(channels);
});

test("no variable holds a secret, and none has another's name", () => {
  const names = Object.values(NOTIFIER_VARIABLES).map(({ name }) => name);

  expect(names).toEqual([
    "CHANNELS",
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
