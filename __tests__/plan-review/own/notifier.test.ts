import { describe, expect, test } from "@jest/globals";
import { CHANNELS, synthesizeStack } from "../../constructs/synthesize-stack";
import { type Entry, entry, ids, review } from "../plans";
import { planOfStack } from "./plan";

const STACK = planOfStack(synthesizeStack({}, { unchecked: { channels: CHANNELS } })).filter(
  ({ address }) => !address.includes("DetectionRules_"),
);
const NOTIFIERS = /\.(Notifier|ChannelQueue|Alarms_(Notifier|Channel)|Schedules_PollChannels|ChatTopic)/;

/** What is refused of a plan that changes these, by check. */
function refused(...changed: readonly Entry[]): readonly string[] {
  const resource_changes = STACK.map((each) => changed.find(({ address }) => address === each.address) ?? each);
  return ids(review({ format_version: "1.2", resource_changes }).refused);
}

function of(address: string): Entry {
  const found = STACK.find((each) => each.address.replace(/_[0-9A-F]{8}$/, "") === address);
  if (!found) throw new Error(`the stack has no ${address}`);
  return found;
}

function updated({ address, change }: Entry, after: object): Entry {
  return entry(address, ["update"], change.before, { ...(change.before as object), ...after });
}

function withVariables(variables: Readonly<Record<string, string>>): Entry {
  const fn = of("aws_lambda_function.Notifier_Function");
  const [{ variables: before }] = (fn.change.before as { environment: [{ variables: object }] }).environment;
  return updated(fn, { environment: [{ variables: { ...before, ...variables } }] });
}

describe("the notifier belongs to the monitoring", () => {
  test.each([
    "aws_lambda_function.Notifier_Function",
    "aws_lambda_event_source_mapping.Notifier_Mapping",
    "aws_sqs_queue.ChannelQueue",
    "aws_sns_topic_subscription.ChannelQueue_Alerts",
    "aws_sns_topic_subscription.ChannelQueue_Urgent",
    "aws_sns_topic.ChatTopic",
    "aws_scheduler_schedule.Schedules_PollChannels",
    "aws_cloudwatch_metric_alarm.Alarms_ChannelDeadLetters",
    "aws_cloudwatch_metric_alarm.Alarms_ChannelDelay",
    "aws_cloudwatch_metric_alarm.Alarms_NotifierErrors",
    "aws_cloudwatch_metric_alarm.Alarms_NotifierProcessingErrors",
  ])("so that %s may not go", (address) => {
    const { change, address: whole } = of(address);

    expect(refused(entry(whole, ["delete"], change.before, null))).toEqual([expect.stringContaining(`${whole}#`)]);
  });

  test("and all of it goes where no channel is left", () => {
    const all = STACK.filter(({ address }) => NOTIFIERS.test(address)).map(({ address, change }) =>
      entry(address, ["delete"], change.before, null),
    );

    expect(refused(...all).length).toBeGreaterThan(10);
  });

  test.each<readonly [string, string, object, string]>([
    ["stopped", "aws_lambda_event_source_mapping.Notifier_Mapping", { enabled: false }, "function-trigger"],
    ["cut off", "aws_lambda_function.Notifier_Function", { reserved_concurrent_executions: 0 }, "function-stopped"],
    [
      "given fewer alerts",
      "aws_sns_topic_subscription.ChannelQueue_Alerts",
      { filter_policy: '{"severity":["critical"]}' },
      "subscription-filter",
    ],
    ["left unwatched", "aws_cloudwatch_metric_alarm.Alarms_ChannelDelay", { alarm_actions: [] }, "alarm-silenced"],
  ])("so that it may not be %s", (_, address, after, check) => {
    const changed = updated(of(address), after);

    expect(refused(changed)).toEqual([`${changed.address}#${check}`]);
  });
});

describe("of the notifier's environment", () => {
  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ["fewer tries", { MAX_RECEIVES: "5" }],
    ["another queue", { QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/111122223333/other" }],
    ["another topic for chat", { CHAT_TOPIC_ARN: "arn:aws:sns:us-east-1:111122223333:other" }],
    ["what it can't start with", { MAX_RECEIVES: "many" }],
  ])("%s is refused", (_, variables) => {
    expect(refused(withVariables(variables))).toEqual([
      expect.stringMatching(/Notifier_Function\w*#function-environment$/),
    ]);
  });

  test("dead letters that go elsewhere are refused", () => {
    const fn = withVariables({});
    const [{ variables }] = (fn.change.before as { environment: [{ variables: Record<string, string> }] }).environment;
    const [[queue = ""] = []] = Object.entries(JSON.parse(String(variables.DEAD_LETTER_QUEUES)) as object);

    expect(refused(withVariables({ DEAD_LETTER_QUEUES: JSON.stringify({ [queue]: "https://sqs/1/other" }) }))).toEqual([
      expect.stringContaining("#function-environment"),
    ]);
  });

  test("more tries, and names of accounts, are fine", () => {
    expect(refused(withVariables({ MAX_RECEIVES: "900", ACCOUNT_NAMES: '{"111122223333":"prod"}' }))).toEqual([]);
  });
});
