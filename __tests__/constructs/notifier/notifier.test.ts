import { describe, expect, test } from "@jest/globals";
import { withNames } from "../../../assertions/names";
import { statements } from "../../../assertions/policy-statements";
import { reference, resources, theAttributes, theResource } from "../../../assertions/resources";
import type { Attributes, SynthesizedStack } from "../../../assertions/synthesized-stack";
import { CHANNELS, SUBSCRIBERS, synthesizeStack } from "../synthesize-stack";

const without = synthesizeStack({ subscribers: SUBSCRIBERS });
const stack = synthesizeStack({ subscribers: SUBSCRIBERS }, { unchecked: { channels: CHANNELS } });

const QUEUE = "ChannelQueue";
const fn = theAttributes(stack, "aws_lambda_function", "Notifier_Function");
const queue = theResource(stack, "aws_sqs_queue", QUEUE);
const deadLetters = theResource(stack, "aws_sqs_queue", "ChannelQueue_DeadLetters_Queue");

function addresses(synthesized: SynthesizedStack): readonly string[] {
  return resources(synthesized).map(({ address }) => address);
}

describe("channels", () => {
  test("bring the notifier; without any there is nothing of it", () => {
    const added = addresses(stack).filter((address) => !addresses(without).includes(address));

    expect(added.map((address) => address.replace(/_[0-9A-F]{8}$/, "")).sort()).toEqual([
      "aws_cloudwatch_log_group.Notifier_LogGroup",
      "aws_cloudwatch_log_metric_filter.Alarms_NotifierMetric",
      "aws_cloudwatch_metric_alarm.Alarms_ChannelDeadLetters",
      "aws_cloudwatch_metric_alarm.Alarms_ChannelDelay",
      "aws_cloudwatch_metric_alarm.Alarms_NotifierErrors",
      "aws_cloudwatch_metric_alarm.Alarms_NotifierProcessingErrors",
      "aws_iam_role.Notifier_Role",
      "aws_iam_role_policy.Notifier_RolePolicy",
      "aws_lambda_event_source_mapping.Notifier_Mapping",
      "aws_lambda_function.Notifier_Function",
      "aws_scheduler_schedule.Schedules_PollChannels",
      "aws_sns_topic.ChatTopic",
      "aws_sns_topic_policy.ChatTopic_Policy",
      "aws_sns_topic_subscription.ChannelQueue_Alerts",
      "aws_sns_topic_subscription.ChannelQueue_Urgent",
      "aws_sqs_queue.ChannelQueue",
      "aws_sqs_queue.ChannelQueue_DeadLetters_Queue",
      "aws_sqs_queue_policy.ChannelQueue_DeadLetters_Policy",
      "aws_sqs_queue_policy.ChannelQueue_Policy",
      "aws_sqs_queue_redrive_allow_policy.ChannelQueue_RedriveAllowPolicy",
    ]);
    expect(addresses(without).filter((address) => !addresses(stack).includes(address))).toEqual([]);
  });

  test("change no resource that is there without them, but the key of the log groups and Scheduler's role", () => {
    const before = new Map(resources(without).map(({ address, attributes }) => [address, attributes]));
    const changed = resources(stack).filter(
      ({ address, attributes }) =>
        before.has(address) && JSON.stringify(before.get(address)) !== JSON.stringify(attributes),
    );

    expect(changed.map(({ address }) => address.replace(/_[0-9A-F]{8}$/, "")).sort()).toEqual([
      "aws_iam_role_policy.Schedules_RolePolicy",
      "aws_kms_key.ArchiveKey",
    ]);
  });
});

describe("the channel queue", () => {
  test("waits six times the notifier's timeout and keeps a message for four days, a day longer than it is tried", () => {
    expect(fn.timeout).toBe(60);
    expect(queue.attributes).toMatchObject({
      name: "trailwarden-channels",
      sqs_managed_sse_enabled: true,
      visibility_timeout_seconds: 360,
      message_retention_seconds: 345_600,
    });
    expect(JSON.parse(String(queue.attributes.redrive_policy))).toEqual({
      deadLetterTargetArn: reference(deadLetters, "arn"),
      maxReceiveCount: 800,
    });
    expect(theAttributes(stack, "aws_sqs_queue", "EventsQueue").redrive_policy).toContain('"maxReceiveCount":5');
  });

  test.each(["Alerts", "Urgent"])("gets what the topic %s publishes, as it was published", (topic) => {
    const subscription = theAttributes(stack, "aws_sns_topic_subscription", `ChannelQueue_${topic}`);

    expect(subscription).toMatchObject({
      topic_arn: reference(theResource(stack, "aws_sns_topic", `${topic}Topic`), "arn"),
      protocol: "sqs",
      endpoint: reference(queue, "arn"),
      raw_message_delivery: true,
    });
    expect(subscription).not.toHaveProperty("filter_policy");
    expect(JSON.parse(String(subscription.redrive_policy))).toEqual({
      deadLetterTargetArn: reference(theResource(stack, "aws_sqs_queue", "SubscriptionDeadLetters_Queue"), "arn"),
    });
    expect(subscription.depends_on).toEqual(
      [theResource(stack, "aws_sqs_queue_policy", "ChannelQueue_Policy")]
        .concat(theResource(stack, "aws_sqs_queue_policy", "SubscriptionDeadLetters_Policy"))
        .map(({ address }) => address),
    );
  });

  test("lets in SNS from these topics, whoever owns them", () => {
    const ALERTS = "arn:aws:sns:us-east-1:111122223333:their-alerts";
    const existing = synthesizeStack(
      { resources: { alertsTopic: { mode: "existing", id: ALERTS } } },
      { unchecked: { channels: CHANNELS } },
    );
    const sources = (synthesized: SynthesizedStack) =>
      statements(theResource(synthesized, "aws_sqs_queue_policy", "ChannelQueue_Policy"))
        .filter(({ effect }) => effect === "Allow")
        .map(({ services, actions, condition }) => ({ services, actions, condition }));
    const urgent = (synthesized: SynthesizedStack) =>
      reference(theResource(synthesized, "aws_sns_topic", "UrgentTopic"), "arn");

    expect(sources(existing)).toEqual([
      {
        services: ["sns.amazonaws.com"],
        actions: ["sqs:SendMessage"],
        condition: { ArnLike: { "aws:SourceArn": [ALERTS, urgent(existing)] } },
      },
    ]);
    expect(theAttributes(existing, "aws_sns_topic_subscription", "ChannelQueue_Alerts").topic_arn).toBe(ALERTS);
    expect(sources(stack)[0]?.condition).toEqual({
      ArnLike: {
        "aws:SourceArn": [reference(theResource(stack, "aws_sns_topic", "AlertsTopic"), "arn"), urgent(stack)],
      },
    });
  });

  test("is polled every five minutes by the group's role", () => {
    const schedule = theAttributes(stack, "aws_scheduler_schedule", "Schedules_PollChannels");
    const role = statements(theResource(stack, "aws_iam_role_policy", "Schedules_RolePolicy"));

    expect(schedule).toMatchObject({
      name: "trailwarden-poll-channels",
      schedule_expression: "rate(5 minutes)",
      target: { arn: reference(queue, "arn"), input: '{"trailwarden":"poll-channels"}' },
    });
    expect(role.find(({ sid }) => sid === "SendMessages")?.resources).toContain(reference(queue, "arn"));
    expect(JSON.stringify(role.find(({ sid }) => sid === "DecryptMessages")?.condition)).toContain(
      "trailwarden-schedules/trailwarden-poll-channels",
    );
  });
});

describe("the notifier", () => {
  test("runs on the same Node, with room for what it does", () => {
    expect(fn).toMatchObject({
      function_name: "trailwarden-notifier",
      runtime: theAttributes(stack, "aws_lambda_function", "AlertFunction").runtime,
      architectures: ["arm64"],
      memory_size: 512,
      handler: "index.handler",
      kms_key_arn: reference(theResource(stack, "aws_kms_key", "AlertsKey"), "arn"),
    });
    expect(fn).not.toHaveProperty("reserved_concurrent_executions");
    expect(theAttributes(stack, "aws_iam_role", "Notifier_Role").name).toBe("trailwarden-notifier-us-east-1");
    expect(theAttributes(stack, "aws_cloudwatch_log_group", "Notifier_LogGroup").name).toBe(
      "/aws/lambda/trailwarden-notifier",
    );
  });

  test("reads its queue ten messages at a time, two batches at once, and says which of them failed", () => {
    expect(theAttributes(stack, "aws_lambda_event_source_mapping", "Notifier_Mapping")).toMatchObject({
      event_source_arn: reference(queue, "arn"),
      function_name: reference(theResource(stack, "aws_lambda_function", "Notifier_Function"), "function_name"),
      batch_size: 10,
      function_response_types: ["ReportBatchItemFailures"],
      scaling_config: { maximum_concurrency: 2 },
    });
  });

  test("knows its table, queue, topic and dead letters, and the readers' names and time", () => {
    const named = synthesizeStack(
      { accountNames: { "111122223333": "prod" }, timeZone: "Asia/Tokyo", namePrefix: "guard" },
      { unchecked: { channels: CHANNELS } },
    );
    const { variables } = theAttributes(named, "aws_lambda_function", "Notifier_Function").environment as {
      readonly variables: Attributes;
    };
    const refer = (type: string, path: string, attribute: string) =>
      reference(theResource(named, type, path), attribute);

    expect(variables).toEqual({
      CHANNELS: JSON.stringify(CHANNELS),
      SEEN_TABLE: refer("aws_dynamodb_table", "SeenTable", "name"),
      QUEUE_URL: refer("aws_sqs_queue", QUEUE, "url"),
      CHAT_TOPIC_ARN: refer("aws_sns_topic", "ChatTopic", "arn"),
      DEAD_LETTER_QUEUES: JSON.stringify({
        [refer("aws_sqs_queue", QUEUE, "arn")]: refer("aws_sqs_queue", "ChannelQueue_DeadLetters_Queue", "url"),
      }),
      MAX_RECEIVES: "800",
      ACCOUNT_NAMES: '{"111122223333":"prod"}',
      TIME_ZONE: "Asia/Tokyo",
      METRICS_NAMESPACE: "guard",
    });
  });
});

describe("channels that Lambda's environment has no room for", () => {
  const channels = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: `slack-${String(index).padStart(8, "0")}`,
      type: "slack",
      secret: `trailwarden/slack-${index}`,
      minSeverity: "medium" as const,
      settings: { channel: "C0123456789" },
    }));
  const synthesize = (count: number) => () => synthesizeStack({}, { unchecked: { channels: channels(count) } });

  test("end the synth, which says how many have room", () => {
    expect(synthesize(1_000)).toThrow(
      /^channels has 1000 channels: .* \d+ bytes, Lambda takes at most 4096, of these channels the first \d+: write fewer channels/,
    );
    const [, fit] = /the first (\d+):/.exec(messageOf(synthesize(1_000))) ?? [];

    expect(Number(fit)).toBeGreaterThan(20);
    expect(synthesize(Number(fit))).not.toThrow();
    expect(synthesize(Number(fit) + 1)).toThrow(`the first ${fit}:`);
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

test("every name of the notifier's begins with the prefix", () => {
  const named = synthesizeStack({ namePrefix: "guard" }, { unchecked: { channels: CHANNELS } });
  const names = resources(named)
    .filter(({ address }) => /\.(Notifier|ChannelQueue|ChatTopic)_/.test(address))
    .map(({ attributes }) => withNames(named, attributes.name ?? attributes.function_name))
    .filter((name) => name !== "undefined" && name !== "notify-channels");

  expect(names.length).toBeGreaterThan(5);
  for (const name of names) expect(name).toMatch(/^(\/aws\/lambda\/)?guard-|^\$\{/);
});
