import { describe, expect, test } from "@jest/globals";
import { statements } from "../../../assertions/policy-statements";
import { reference, resources, theAttributes, theResource } from "../../../assertions/resources";
import { FUNCTION_TIMEOUT_SECONDS } from "../../../constructs/function/alert-function";
import { ACCOUNT, PARTITION, synthesizeStack } from "../synthesize-stack";

const FOURTEEN_DAYS = 1_209_600;

const stack = synthesizeStack();
const queues = resources(stack, "aws_sqs_queue");
const workQueues = queues.filter(({ address }) => /\.(Events|Deliveries)Queue_[0-9A-F]{8}$/.test(address));
const deadLetterQueues = queues.filter((queue) => !workQueues.includes(queue));

/** Who may send to a queue, and on behalf of what. */
function senders(policyPath: string): readonly (readonly [services: readonly string[], sources: unknown])[] {
  return statements(theResource(stack, "aws_sqs_queue_policy", policyPath))
    .filter(({ effect }) => effect === "Allow")
    .map(({ services, condition }) => [services, condition.ArnLike?.["aws:SourceArn"]]);
}

function deadLetterArn(path: string): string {
  return reference(theResource(stack, "aws_sqs_queue", path), "arn");
}

test("there are two queues for work and a dead-letter queue for each, for invocations, subscriptions and targets", () => {
  expect(workQueues.map(({ attributes }) => attributes.name)).toEqual(["trailwarden-deliveries", "trailwarden-events"]);
  expect(deadLetterQueues.map(({ attributes }) => attributes.name)).toEqual([
    "trailwarden-deliveries-dlq",
    "trailwarden-events-dlq",
    "trailwarden-invocations-dlq",
    "trailwarden-subscriptions-dlq",
    "trailwarden-targets-dlq",
  ]);
});

describe("every queue", () => {
  test("is encrypted by SQS itself, so that no service needs a grant of a key", () => {
    for (const { attributes } of queues) {
      expect(attributes.sqs_managed_sse_enabled).toBe(true);
      expect(attributes).not.toHaveProperty("kms_master_key_id");
    }
  });

  test("takes the largest message there is", () => {
    for (const { attributes } of queues) expect(attributes.max_message_size).toBe(1_048_576);
  });

  test("has one policy of its own", () => {
    const covered = resources(stack, "aws_sqs_queue_policy").map(({ attributes }) => attributes.queue_url);

    expect([...covered].sort()).toEqual(queues.map((queue) => reference(queue, "url")).sort());
  });
});

describe("every queue for work", () => {
  test.each([
    ["EventsQueue", "EventsQueue_DeadLetters_Queue"],
    ["DeliveriesQueue", "DeliveriesQueue_DeadLetters_Queue"],
  ])("%s gives up after five tries and leaves the message in its dead-letter queue", (path, deadLetters) => {
    const { redrive_policy } = theAttributes(stack, "aws_sqs_queue", path);

    expect(JSON.parse(String(redrive_policy))).toEqual({
      deadLetterTargetArn: deadLetterArn(deadLetters),
      maxReceiveCount: 5,
    });
  });

  test("hides a message for at least six times the function's timeout", () => {
    expect(theAttributes(stack, "aws_lambda_function").timeout).toBe(FUNCTION_TIMEOUT_SECONDS);
    for (const { attributes } of workQueues) {
      expect(attributes.visibility_timeout_seconds).toBeGreaterThanOrEqual(6 * FUNCTION_TIMEOUT_SECONDS);
    }
  });

  test("keeps a message for less time than its dead-letter queue", () => {
    for (const { attributes } of workQueues) {
      expect(attributes.message_retention_seconds).toBeLessThan(FOURTEEN_DAYS);
    }
  });
});

test("nothing comes back after the 45 days that the function remembers it: twice in its queue, twice among the dead letters", () => {
  const FORTY_FIVE_DAYS = 45 * 24 * 3600;

  for (const { attributes } of workQueues) {
    expect(2 * (Number(attributes.message_retention_seconds) + FOURTEEN_DAYS)).toBeLessThan(FORTY_FIVE_DAYS);
  }
});

describe("every dead-letter queue", () => {
  test("keeps messages for 14 days", () => {
    for (const { attributes } of deadLetterQueues) expect(attributes.message_retention_seconds).toBe(FOURTEEN_DAYS);
  });

  test("gives nothing up itself", () => {
    for (const { attributes } of deadLetterQueues) expect(attributes).not.toHaveProperty("redrive_policy");
  });

  test.each(["EventsQueue", "DeliveriesQueue"])("of a queue for work takes from that queue alone: %s", (path) => {
    const queue = theResource(stack, "aws_sqs_queue", path);
    const { queue_url, redrive_allow_policy } = theAttributes(
      stack,
      "aws_sqs_queue_redrive_allow_policy",
      `${path}_RedriveAllowPolicy`,
    );

    expect(queue_url).toBe(reference(theResource(stack, "aws_sqs_queue", `${path}_DeadLetters_Queue`), "url"));
    expect(JSON.parse(String(redrive_allow_policy))).toEqual({
      redrivePermission: "byQueue",
      sourceQueueArns: [reference(queue, "arn")],
    });
  });
});

describe("senders", () => {
  const rules = ["trailwarden-*", "GetCallerIdentityAlert"].map(
    (name) => `arn:${PARTITION}:events:us-east-1:${ACCOUNT}:rule/${name}`,
  );
  const deliveriesTopicArn = reference(theResource(stack, "aws_sns_topic", "DeliveriesTopic"), "arn");

  test("of events are the detections' rules", () => {
    expect(senders("EventsQueue_Policy")).toEqual([[["events.amazonaws.com"], rules]]);
  });

  test("of deliveries is the deliveries topic", () => {
    expect(senders("DeliveriesQueue_Policy")).toEqual([[["sns.amazonaws.com"], [deliveriesTopicArn]]]);
  });

  test("of undelivered events are the detections' rules", () => {
    expect(senders("TargetDeadLetters_Policy")).toEqual([[["events.amazonaws.com"], rules]]);
  });

  test("of undelivered notices are the three topics", () => {
    const named = ["cloudtrail-alerts-demo", "APICallAlert"].map(
      (name) => `arn:${PARTITION}:sns:us-east-1:${ACCOUNT}:${name}`,
    );

    expect(senders("SubscriptionDeadLetters_Policy")).toEqual([
      [["sns.amazonaws.com"], [deliveriesTopicArn, ...named]],
    ]);
  });

  test.each(["EventsQueue_DeadLetters_Policy", "DeliveriesQueue_DeadLetters_Policy"])(
    "of a dead-letter queue that SQS fills itself are none: %s",
    (path) => {
      expect(senders(path)).toEqual([]);
    },
  );

  test("may do nothing but send", () => {
    for (const policy of resources(stack, "aws_sqs_queue_policy")) {
      const allowed = statements(policy).filter(({ effect }) => effect === "Allow");

      expect(new Set(allowed.flatMap(({ actions }) => actions))).toEqual(
        new Set(allowed.length > 0 ? ["sqs:SendMessage"] : []),
      );
    }
  });
});
