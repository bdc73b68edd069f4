import { describe, expect, test } from "@jest/globals";
import { besides, changed, type Entry, entry, NOTHING, outcome, valuesOf } from "./plans";

const QUEUE = "aws_sqs_queue.events";
const DEAD = "aws_sqs_queue.dead";
const FUNCTION = "aws_lambda_function.judge";
const MAPPING = "aws_lambda_event_source_mapping.judge";
const TARGET = "aws_cloudwatch_event_target.users";
const SCHEDULE = "aws_scheduler_schedule.digest";
const KIB = 1_024;

type Case = readonly [words: string, before: object, after: object, expected: "refused" | "indeterminate" | "fine"];

function cases(address: string, check: string, all: readonly Case[], ...more: readonly Entry[]): void {
  test.each(all)("%s", (_, before, after, expected) => {
    const id = [`${address}#${check}`];
    const found = outcome(changed(address, { ...after }, { ...before }), ...more);

    expect(found).toEqual(expected === "fine" ? NOTHING : { ...NOTHING, [expected]: id });
  });
}

describe("a queue's largest message", () => {
  const size = (kib: number | null) => ({ max_message_size: kib === null ? null : kib * KIB });
  cases(QUEUE, "message-size", [
    ["below what an event may have", size(1_024), size(255), "refused"],
    ["below it, from the default", size(null), size(64), "refused"],
    ["as large as an event, without room for attributes", size(1_024), size(256), "indeterminate"],
    ["larger", size(64), size(128), "fine"],
    ["the default", size(256), size(null), "fine"],
  ]);
});

describe("how long a queue hides what is worked on", () => {
  const hides = (seconds: number) => ({ visibility_timeout_seconds: seconds });
  const two = besides(FUNCTION, { ...valuesOf(FUNCTION), timeout: 120 });
  cases(
    QUEUE,
    "visibility-timeout",
    [
      ["shorter than the function may work", hides(720), hides(119), "refused"],
      ["as short as it was too short before", hides(60), hides(30), "fine"],
      ["once only", hides(720), hides(120), "indeterminate"],
      ["still six times", hides(900), hides(720), "fine"],
      ["longer", hides(720), hides(900), "fine"],
      ["for hours", hides(720), hides(7_200), "indeterminate"],
    ],
    two,
  );

  test("does not matter where no function reads the queue", () => {
    expect(outcome(changed(DEAD, hides(1), hides(30)))).toEqual(NOTHING);
    expect(outcome(changed(DEAD, hides(43_200), hides(30)))).toEqual(NOTHING);
  });

  test("is too short for a function that takes longer", () => {
    const queue = besides(QUEUE, { ...valuesOf(QUEUE), ...hides(720) });

    expect(outcome(queue, changed(FUNCTION, { timeout: 900 }, { timeout: 120 })).refused).toEqual([
      `${FUNCTION}#visibility-timeout`,
    ]);
    expect(outcome(queue, changed(FUNCTION, { timeout: 720 }, { timeout: 120 }))).toEqual(NOTHING);
  });

  test("may stay too short for a function that it was too short for before", () => {
    const queue = besides(QUEUE, { ...valuesOf(QUEUE), ...hides(30) });

    expect(outcome(queue, changed(FUNCTION, { timeout: 240 }, { timeout: 120 })).refused).toEqual([]);
  });

  test("may change with the function's time", () => {
    const queue = changed(QUEUE, hides(5_400), hides(720));
    const found = outcome(queue, changed(FUNCTION, { timeout: 900 }, { timeout: 120 }));

    expect(found.refused).toEqual([]);
  });
});

describe("how long events wait", () => {
  cases(QUEUE, "message-delay", [
    ["a minute", { delay_seconds: 0 }, { delay_seconds: 60 }, "refused"],
    ["less", { delay_seconds: 0 }, { delay_seconds: 59 }, "fine"],
    ["a shorter while", { delay_seconds: 900 }, { delay_seconds: 300 }, "fine"],
  ]);
});

describe("how long EventBridge tries", () => {
  const policy = (attempts: number | null, age: number | null) => ({
    retry_policy: [{ maximum_retry_attempts: attempts, maximum_event_age_in_seconds: age }],
  });
  const none = { retry_policy: [] };
  cases(TARGET, "retries", [
    ["fewer times", policy(185, 86_400), policy(10, 86_400), "refused"],
    ["for a shorter time", policy(185, 86_400), policy(185, 3_600), "refused"],
    ["less than by default", none, policy(185, 3_600), "refused"],
    ["never again, where a block names an age only", none, policy(null, 86_400), "refused"],
    ["by default again, which is the most", policy(2, 60), none, "fine"],
    ["more often", policy(2, 60), policy(20, 60), "fine"],
    ["as by default, said aloud", none, policy(185, 86_400), "fine"],
  ]);
});

describe("how often a function is invoked again", () => {
  const address = "aws_lambda_function_event_invoke_config.judge";
  const values = (maximum_retry_attempts: number) => ({ function_name: "judge", maximum_retry_attempts });

  test("is less than Lambda's own number in what is laid over it: refused", () => {
    expect(outcome(entry(address, ["create"], null, values(0)))).toEqual({
      refused: [`${address}#retries`],
      indeterminate: [],
    });
    expect(outcome(entry(address, ["create"], null, values(2)))).toEqual(NOTHING);
  });

  test("is what a new function is to have", () => {
    const created = entry(FUNCTION, ["create"], null, valuesOf(FUNCTION));

    expect(outcome(created, entry(address, ["create"], null, values(0))).refused).toEqual([]);
  });
});

describe("how long a schedule tries", () => {
  const target = valuesOf(SCHEDULE).target as readonly object[];
  const policy = (age: number | undefined) => ({
    target: [{ ...target[0], retry_policy: age === undefined ? [] : [{ maximum_event_age_in_seconds: age }] }],
  });
  cases(SCHEDULE, "retries", [
    ["less than by default", policy(undefined), policy(300), "refused"],
    ["by default again", policy(300), policy(undefined), "fine"],
  ]);
});

describe("how often a queue tries", () => {
  const dead = String(valuesOf(DEAD).arn);
  const tries = (count: unknown) => ({
    redrive_policy: JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: count }),
  });
  cases(QUEUE, "retries", [
    ["fewer times", tries(5), tries(1), "refused"],
    ["fewer times, as older configurations write it", tries("5"), tries("1"), "refused"],
    ["more often", tries(5), tries(10), "fine"],
    ["until someone thinks of a dead-letter queue", { redrive_policy: "" }, tries(5), "fine"],
  ]);

  test.each<readonly [words: string, policy: object, check: string | null]>([
    ["fewer times", { deadLetterTargetArn: dead, maxReceiveCount: 1 }, "retries"],
    ["as often", { deadLetterTargetArn: dead, maxReceiveCount: 5 }, null],
    ["for ever", {}, "dead-letters"],
  ])("%s by a redrive policy that is laid over its own", (_, policy, check) => {
    const address = "aws_sqs_queue_redrive_policy.events";
    const values = { queue_url: valuesOf(QUEUE).url, redrive_policy: JSON.stringify(policy) };

    expect(outcome(entry(address, ["create"], null, values))).toEqual({
      refused: check === null ? [] : [`${address}#${check}`],
      indeterminate: [],
    });
  });

  cases(QUEUE, "dead-letters", [
    ["as slowly as before", { ...tries(5), message_retention_seconds: 100 }, { delay_seconds: 1 }, "fine"],
    ["until messages have expired", tries(5), tries(100_000), "refused"],
  ]);

  test("so slowly that messages expire, is refused", () => {
    const slow = { ...tries(5), message_retention_seconds: 86_400 };

    expect(outcome(changed(QUEUE, { visibility_timeout_seconds: 43_200 }, slow)).refused).toEqual([
      `${QUEUE}#dead-letters`,
    ]);
  });
});

describe("a dead-letter queue", () => {
  const ALLOWS = "aws_sqs_queue_redrive_allow_policy.dead";
  const allows = (...arns: readonly string[]) => ({
    queue_url: valuesOf(DEAD).url,
    redrive_allow_policy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: arns }),
  });
  const queue = String(valuesOf(QUEUE).arn);

  test.each([
    ["changes", entry(ALLOWS, ["update"], allows(queue), allows("arn:aws:sqs:us-east-1:123456789012:other"))],
    ["comes", entry(ALLOWS, ["create"], null, allows())],
  ])("that no longer takes from a queue, because its permission %s, is refused", (_, change) => {
    expect(outcome(change)).toEqual({ refused: [`${ALLOWS}#dead-letters`], indeterminate: [] });
  });

  test("that takes from more queues is fine", () => {
    expect(outcome(entry(ALLOWS, ["update"], allows(queue), allows(queue, `${queue}2`)))).toEqual(NOTHING);
  });
});

describe("how much at once", () => {
  const reserved = (count: number) => ({ reserved_concurrent_executions: count });
  cases(FUNCTION, "capacity", [
    ["less than Lambda begins with", reserved(-1), reserved(2), "indeterminate"],
    ["as much as it begins with", reserved(-1), reserved(5), "fine"],
    ["less than was reserved", reserved(50), reserved(20), "indeterminate"],
    ["without a limit", reserved(50), reserved(-1), "fine"],
  ]);

  cases("aws_dynamodb_table.seen", "capacity", [
    [
      "less than was provisioned",
      { billing_mode: "PROVISIONED", write_capacity: 50 },
      { write_capacity: 1 },
      "indeterminate",
    ],
    [
      "on demand",
      { billing_mode: "PROVISIONED", write_capacity: 50 },
      { billing_mode: "PAY_PER_REQUEST", write_capacity: 0 },
      "fine",
    ],
  ]);

  cases(MAPPING, "capacity", [
    ["more messages in the same time", { batch_size: 5 }, { batch_size: 10 }, "indeterminate"],
    ["fewer messages", { batch_size: 10 }, { batch_size: 5 }, "fine"],
  ]);
});

describe("by which index the function finds what is due", () => {
  const index = (hash_key: string | null, range_key: string | null, ...keys: readonly string[]) => ({
    global_secondary_index: [
      {
        name: "due",
        hash_key,
        range_key,
        key_schema: keys.map((attribute_name, at) => ({ attribute_name, key_type: at === 0 ? "HASH" : "RANGE" })),
      },
    ],
  });
  cases("aws_dynamodb_table.seen", "table-index", [
    [
      "with keys in blocks, as newer providers have them",
      index("kind", "due"),
      index(null, null, "kind", "due"),
      "fine",
    ],
    ["with another key in a block", index("kind", "due"), index(null, null, "kind", "id"), "refused"],
    ["without it", index("kind", "due"), { global_secondary_index: [] }, "refused"],
  ]);
});
