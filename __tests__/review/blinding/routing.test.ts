import { describe, expect, test } from "@jest/globals";
import { changed, entry, valuesOf } from "../plans";
import { ACCOUNT, judged, QUEUE_ARN, TOPIC_ARN } from "./judged";

const TARGET = "aws_cloudwatch_event_target.users";
const MAPPING = "aws_lambda_event_source_mapping.judge";

describe("a rule's target", () => {
  test.each([
    ["a constant in the event's place", { input: "{}" }],
    ["a part of the event to a queue", { input_path: "$.account" }],
    ["a text of its own to a queue", { input_transformer: [{ input_paths: {}, input_template: '"something"' }] }],
  ])("that sends %s is refused", (_, after) => {
    expect(judged(changed(TARGET, after)).refused).toEqual([`${TARGET}#target-input`]);
  });

  test("that sends people a text of its own can't be judged", () => {
    const after = { input_transformer: [{ input_paths: {}, input_template: '"something"' }] };
    expect(judged(changed(TARGET, after, { arn: TOPIC_ARN }))).toEqual({
      refused: [],
      cannotTell: [`${TARGET}#target-input`],
    });
  });

  test("that sends the whole event again is fine", () => {
    const before = { input: "", input_path: "$.detail", input_transformer: [] };
    expect(judged(changed(TARGET, { input_path: null }, before))).toEqual({ refused: [], cannotTell: [] });
  });
});

describe("a function's event source", () => {
  test("that wakes another function is refused", () => {
    const after = { function_name: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:other` };
    expect(judged(changed(MAPPING, after)).refused).toEqual([`${MAPPING}#target-moved`]);
  });

  test("that names its function in another way is fine", () => {
    expect(judged(changed(MAPPING, { function_name: "judge" }))).toEqual({ refused: [], cannotTell: [] });
  });

  test("that no longer lets the function give back what failed is refused", () => {
    const reports = { function_response_types: ["ReportBatchItemFailures"] };
    expect(judged(changed(MAPPING, { function_response_types: [] }, reports)).refused).toEqual([
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
    expect(judged(created).refused).toEqual([`${thief}#function-trigger`]);
  });

  test("is fine in the place of the first, whose going is told", () => {
    expect(judged(created, entry(MAPPING, ["delete"], valuesOf(MAPPING), null)).refused).toEqual([
      `${MAPPING}#destroyed`,
    ]);
  });
});

describe("a schedule", () => {
  test("that ends one day can't be judged", () => {
    const address = "aws_scheduler_schedule.digest";
    expect(judged(changed(address, { end_date: "2020-01-01T00:00:00Z" })).cannotTell).toEqual([
      `${address}#schedule-disabled`,
    ]);
  });
});

describe("a subscriber", () => {
  test("whose filter looks at something else can't be judged", () => {
    const address = "aws_sns_topic_subscription.oncall";
    const before = { filter_policy: '{"severity":["high"]}' };
    expect(judged(changed(address, { filter_policy_scope: "MessageBody" }, before)).cannotTell).toEqual([
      `${address}#subscription-filter`,
    ]);
  });

  test("who was told everything by an empty filter, and now is told less, is refused", () => {
    const address = "aws_sns_topic_subscription.oncall";
    expect(
      judged(changed(address, { filter_policy: '{"severity":["high"]}' }, { filter_policy: "{}" })).refused,
    ).toEqual([`${address}#subscription-filter`]);
    expect(judged(changed(address, { filter_policy: "{}" }, { filter_policy: '{"severity":["high"]}' }))).toEqual({
      refused: [],
      cannotTell: [],
    });
  });
});
