import { describe, expect, test } from "@jest/globals";
import { type Entry, entry, ids, review } from "./plans";

const ACCOUNT = "111122223333";
const TOPIC_ARN = `arn:aws:sns:eu-west-1:${ACCOUNT}:security`;
const GROUP = "org/CloudTrailLogs";
const FILTER = "aws_cloudwatch_log_metric_filter.root";
const ALARM = "aws_cloudwatch_metric_alarm.root";

function filter(pattern: string, name = "root"): Entry {
  const metric_transformation = [{ name: `${name}-count`, namespace: "LogMetrics", value: "1" }];
  return here(`aws_cloudwatch_log_metric_filter.${name}`, {
    name,
    log_group_name: GROUP,
    pattern,
    metric_transformation,
  });
}

function alarm(name = "root", more: object = {}): Entry {
  const values = {
    alarm_name: name,
    metric_name: `${name}-count`,
    namespace: "LogMetrics",
    threshold: 1,
    dimensions: {},
  };
  return here(`aws_cloudwatch_metric_alarm.${name}`, {
    ...values,
    comparison_operator: "GreaterThanOrEqualToThreshold",
    actions_enabled: true,
    alarm_actions: [TOPIC_ARN],
    ...more,
  });
}

function here(address: string, values: object): Entry {
  return entry(address, ["no-op"], values, values);
}

function gone({ address, change }: Entry): Entry {
  return entry(address, ["delete"], change.before, null);
}

const ROOT = filter('{ $.userIdentity.type = "Root" }');
const TOPIC = here("aws_sns_topic.security", { arn: TOPIC_ARN, id: TOPIC_ARN, name: "security" });
const SUBSCRIPTION = here("aws_sns_topic_subscription.oncall", {
  arn: `${TOPIC_ARN}:1`,
  topic_arn: TOPIC_ARN,
  protocol: "email",
  endpoint: "oncall@example.com",
});
const BASELINE = [ROOT, alarm(), TOPIC, SUBSCRIPTION];

function refused(...resource_changes: readonly Entry[]) {
  return ids(review({ format_version: "1.2", resource_changes }).refused);
}

/** The baseline, with some of its resources as they are given. */
function refusedWith(...entries: readonly Entry[]) {
  return refused(...BASELINE.filter(({ address }) => !entries.some((each) => each.address === address)), ...entries);
}

describe("filters and alarms whose trail and log group stand in another state", () => {
  test("are refused when everything goes", () => {
    expect(refused(...BASELINE.map(gone))).toEqual(BASELINE.map(({ address }) => `${address}#destroyed`));
  });

  test.each(BASELINE.map((each) => [each.address, each] as const))("are refused without %s", (address, each) => {
    const check = address.includes("subscription") ? "last-subscriber" : "destroyed";

    expect(refusedWith(gone(each))).toEqual([`${address}#${check}`]);
  });

  test("are refused with a threshold that is never reached", () => {
    const before = alarm().change.before as object;

    expect(refusedWith(entry(ALARM, ["update"], before, { ...before, threshold: 1_000 }))).toEqual([
      `${ALARM}#alarm-silenced`,
    ]);
  });

  test("are refused with a pattern that leaves someone out, or counts nothing", () => {
    const before = ROOT.change.before as object;
    const narrow = '{ $.userIdentity.type = "Root" && $.userIdentity.arn != "*sso*" }';
    const counting = (value: string) => [{ name: "root-count", namespace: "LogMetrics", value }];

    expect(refusedWith(entry(FILTER, ["update"], before, { ...before, pattern: narrow }))).toEqual([
      `${FILTER}#log-filter`,
    ]);
    for (const value of ["0", "-1"]) {
      const after = { ...before, metric_transformation: counting(value) };
      expect(refusedWith(entry(FILTER, ["update"], before, after))).toEqual([`${FILTER}#log-filter`]);
    }
  });
});

describe("a filter that asks for what CloudTrail records belongs to the monitoring", () => {
  test.each([
    '{ $.userIdentity.type = "Root" }',
    "{ ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed != Yes) }",
    "{ ($.eventName = DeleteGroupPolicy) || ($.eventName = PutUserPolicy) }",
    '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
    '{ ($.eventSource = organizations.amazonaws.com) && ($.eventName = "LeaveOrganization") }',
    '{ $.eventName = %^(?:)StopLogging% || $.userIdentity.userName = "a" }',
    "{ $.eventName = %^Delete.*% }",
    '{ $.responseElements.ConsoleLogin = "Failure" }',
    '{ $.detail.userIdentity.type = "Root" }',
    '{ $.detail.eventName = "StopLogging" }',
    "{ $.userIdentity.type WHATEVER Root }",
  ])("%s", (pattern) => {
    expect(refused(gone(filter(pattern)))).toEqual([`${FILTER}#destroyed`]);
  });

  test("and so does a subscription by such a pattern, with what receives", () => {
    const stream = `arn:aws:kinesis:eu-west-1:${ACCOUNT}:stream/siem`;
    const subscription = here("aws_cloudwatch_log_subscription_filter.siem", {
      name: "siem",
      log_group_name: GROUP,
      filter_pattern: "{ $.eventSource = iam.amazonaws.com }",
      destination_arn: stream,
    });
    const receiver = here("aws_kinesis_stream.siem", { arn: stream, name: "siem" });

    expect(refused(subscription, gone(receiver))).toEqual(["aws_kinesis_stream.siem#destroyed"]);
  });

  test("and so do the other filters of its log group, although that isn't in the plan", () => {
    const sibling = filter("{ $.severity = 5 }", "sibling");

    expect(refused(ROOT, gone(sibling))).toEqual([`${sibling.address}#destroyed`]);
  });

  test("and so do alarms by an expression, composite ones, rules that pass them on, and functions that they call", () => {
    const metric = [{ metric_name: "root-count", namespace: "LogMetrics", period: 60, stat: "Sum", dimensions: {} }];
    const math = alarm("math", { metric_name: "", metric_query: [{ id: "m", metric }] });
    const any = here("aws_cloudwatch_composite_alarm.any", { alarm_name: "any", alarm_rule: "ALARM(root)" });
    const rule = here("aws_cloudwatch_event_rule.alarms", {
      name: "alarms",
      event_pattern: JSON.stringify({
        source: ["aws.cloudwatch"],
        "detail-type": ["CloudWatch Alarm State Change"],
        detail: { alarmName: ["root"] },
      }),
    });
    const arn = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:notify`;
    const called = here("aws_lambda_function.notify", { arn, function_name: "notify" });
    const chain = [ROOT, alarm("root", { alarm_actions: [arn] })];

    for (const each of [math, any, rule, called]) {
      expect(refused(...chain, gone(each))).toEqual([`${each.address}#destroyed`]);
    }
  });
});

describe("what doesn't belong to it", () => {
  test.each([
    "{ $.level = ERROR }",
    '{ $.eventName = "checkout" }',
    "{ $.errorCode = 500 }",
    '{ $.errorCode = "ETIMEDOUT" }',
    "ERROR",
    "[ip, id, user, timestamp, request, status = 5*]",
    "",
  ])("a filter of %s", (pattern) => {
    expect(refused(gone(filter(pattern)))).toEqual([]);
  });

  test("an alarm of another metric, a filter of another log group", () => {
    const cpu = alarm("cpu", { metric_name: "CPUUtilization", namespace: "AWS/EC2" });
    const other = here("aws_cloudwatch_log_metric_filter.app", {
      name: "app",
      log_group_name: "app",
      pattern: "ERROR",
    });

    expect(refused(...BASELINE, gone(cpu), gone(other))).toEqual([]);
  });
});

test.each(["CloudTrailMetrics", "CISBenchmark"])("an alarm alone belongs to it by the namespace %s", (namespace) => {
  expect(refused(gone(alarm("root", { namespace })))).toEqual([`${ALARM}#destroyed`]);
});
