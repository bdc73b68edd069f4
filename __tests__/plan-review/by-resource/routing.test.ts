import { describe, expect, test } from "@jest/globals";
import { changed, entry, ids, planWith, review, valuesOf } from "../plans";
import { ACCOUNT, outcome, QUEUE_ARN, staying, TOPIC_ARN } from "./outcome";

const TARGET = "aws_cloudwatch_event_target.users";
const MAPPING = "aws_lambda_event_source_mapping.judge";

describe("a rule's target", () => {
  test.each([
    ["a constant in the event's place", { input: "{}" }],
    ["a part of the event to a queue", { input_path: "$.account" }],
    ["a text of its own to a queue", { input_transformer: [{ input_paths: {}, input_template: '"something"' }] }],
  ])("that sends %s is refused", (_, after) => {
    expect(outcome(changed(TARGET, after)).refused).toEqual([`${TARGET}#target-input`]);
  });

  test("that sends people a text of its own is indeterminate", () => {
    const after = { input_transformer: [{ input_paths: {}, input_template: '"something"' }] };
    expect(outcome(changed(TARGET, after, { arn: TOPIC_ARN }))).toEqual({
      refused: [],
      indeterminate: [`${TARGET}#target-input`],
    });
  });

  test("that sends the whole event again is fine", () => {
    const before = { input: "", input_path: "$.detail", input_transformer: [] };
    expect(outcome(changed(TARGET, { input_path: null }, before))).toEqual({ refused: [], indeterminate: [] });
  });
});

describe("a function's event source", () => {
  test("that wakes another function is refused", () => {
    const after = { function_name: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:other` };
    expect(outcome(changed(MAPPING, after)).refused).toEqual([`${MAPPING}#target-moved`]);
  });

  test("that names its function in another way is fine", () => {
    expect(outcome(changed(MAPPING, { function_name: "judge" }))).toEqual({ refused: [], indeterminate: [] });
  });

  test("that no longer lets the function give back what failed is refused", () => {
    const reports = { function_response_types: ["ReportBatchItemFailures"] };
    expect(outcome(changed(MAPPING, { function_response_types: [] }, reports)).refused).toEqual([
      `${MAPPING}#function-trigger`,
    ]);
  });
});

describe("a second function on the queue", () => {
  const thief = "aws_lambda_event_source_mapping.thief";
  const created = entry(thief, ["create"], null, {
    event_source_arn: QUEUE_ARN,
    function_name: "thief",
    enabled: true,
  });

  test("is refused: it takes messages away from the first", () => {
    expect(outcome(created).refused).toEqual([`${thief}#function-trigger`]);
  });

  const later = (more: object = {}) =>
    entry(
      thief,
      ["create"],
      null,
      { event_source_arn: QUEUE_ARN, enabled: true },
      {
        after_unknown: { function_name: true },
        ...more,
      },
    );

  test("is indeterminate from the first where it is known after apply only", () => {
    expect(outcome(later())).toEqual({ refused: [], indeterminate: [`${thief}#function-trigger`] });
  });

  test("is refused where the configuration says that it is another", () => {
    const other = entry("aws_lambda_function.thief", ["create"], null, { function_name: "thief" });
    const configured = (name: string) => ({
      configuration: {
        root_module: {
          resources: [
            {
              address: thief,
              expressions: {
                function_name: { references: [`aws_lambda_function.${name}.arn`, `aws_lambda_function.${name}`] },
              },
            },
          ],
        },
      },
    });
    const refused = (name: string) => ids(review(planWith([later(), other], configured(name))).refused);

    expect(refused("thief")).toEqual([`${thief}#function-trigger`]);
    expect(refused("judge")).toEqual([]);
  });

  test("is refused once it is switched on", () => {
    const values = created.change.after as object;
    const off = { ...values, enabled: false };

    expect(outcome(entry(thief, ["create"], null, off))).toEqual({ refused: [], indeterminate: [] });
    expect(outcome(entry(thief, ["update"], off, values)).refused).toEqual([`${thief}#function-trigger`]);
    expect(outcome(entry(thief, ["update"], values, { ...values, batch_size: 5 })).refused).toEqual([]);
  });

  test("is not meant where only its dead letters go to the queue", () => {
    const arn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:orders`;
    const events = entry(thief, ["create"], null, {
      event_source_arn: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/orders`,
      function_name: arn,
      destination_config: [{ on_failure: [{ destination_arn: QUEUE_ARN }] }],
    });
    const watched = [
      staying("aws_lambda_function.orders", { arn, function_name: "orders" }),
      staying("aws_sns_topic_subscription.orders", { topic_arn: TOPIC_ARN, protocol: "lambda", endpoint: arn }),
    ];

    expect(outcome(events, ...watched).refused).toEqual([]);
  });

  test("is fine in the place of the first, whose going is reported", () => {
    expect(outcome(created, entry(MAPPING, ["delete"], valuesOf(MAPPING), null)).refused).toEqual([
      `${MAPPING}#destroyed`,
    ]);
  });
});

describe("a schedule", () => {
  test.each([
    [{ schedule_expression_timezone: null }, { schedule_expression_timezone: "UTC" }, []],
    [{ schedule_expression_timezone: null }, { schedule_expression_timezone: "Asia/Tokyo" }, ["schedule-disabled"]],
    [{}, { flexible_time_window: [{ mode: "OFF", maximum_window_in_minutes: 0 }] }, []],
    [{}, { flexible_time_window: [{ mode: "FLEXIBLE", maximum_window_in_minutes: 60 }] }, ["schedule-disabled"]],
  ])("%j that becomes %j goes at other times where it says so", (before, after, checks) => {
    const address = "aws_scheduler_schedule.digest";
    expect(outcome(changed(address, after, before))).toEqual({
      refused: [],
      indeterminate: checks.map((check) => `${address}#${check}`),
    });
  });

  test("that ends one day is indeterminate", () => {
    const address = "aws_scheduler_schedule.digest";
    expect(outcome(changed(address, { end_date: "2020-01-01T00:00:00Z" })).indeterminate).toEqual([
      `${address}#schedule-disabled`,
    ]);
  });
});

describe("a subscriber", () => {
  test("whose filter looks at something else is indeterminate", () => {
    const address = "aws_sns_topic_subscription.oncall";
    const before = { filter_policy: '{"severity":["high"]}' };
    expect(outcome(changed(address, { filter_policy_scope: "MessageBody" }, before)).indeterminate).toEqual([
      `${address}#subscription-filter`,
    ]);
  });

  test("who received everything by an empty filter, and now receives less, is refused", () => {
    const address = "aws_sns_topic_subscription.oncall";
    expect(
      outcome(changed(address, { filter_policy: '{"severity":["high"]}' }, { filter_policy: "{}" })).refused,
    ).toEqual([`${address}#subscription-filter`]);
    expect(outcome(changed(address, { filter_policy: "{}" }, { filter_policy: '{"severity":["high"]}' }))).toEqual({
      refused: [],
      indeterminate: [],
    });
  });
});
