import { describe, expect, test } from "@jest/globals";
import { besides, entry, NOTHING, outcome, valuesOf } from "./plans";

const PIPE = "aws_pipes_pipe.events";
const QUEUE = String(valuesOf("aws_sqs_queue.events").arn);
const TOPIC = String(valuesOf("aws_sns_topic.alerts").arn);
const ORDERS = "arn:aws:sqs:us-east-1:123456789012:orders";
const FILTER = [{ filter_criteria: [{ filter: [{ pattern: '{"body":{"severity":["critical"]}}' }] }] }];

function pipe(more: object = {}): Readonly<Record<string, unknown>> {
  const role_arn = "arn:aws:iam::123456789012:role/pipe";
  return { id: "events", name: "events", source: QUEUE, target: TOPIC, desired_state: "RUNNING", role_arn, ...more };
}

describe("a pipe", () => {
  test.each([
    ["reads a queue of the monitoring", pipe()],
    ["fills one", pipe({ source: ORDERS, target: QUEUE })],
  ])("that %s belongs to it", (_, values) => {
    expect(outcome(entry(PIPE, ["delete"], values, null)).refused).toEqual([`${PIPE}#destroyed`]);
  });

  test("that is new takes messages away from who reads the queue", () => {
    expect(outcome(entry(PIPE, ["create"], null, pipe())).refused).toEqual([`${PIPE}#function-trigger`]);
  });

  test("that is new takes them away from another pipe", () => {
    const second = "aws_pipes_pipe.second";
    const reader = "aws_lambda_event_source_mapping.judge";
    const found = outcome(
      entry(reader, ["delete"], valuesOf(reader), null),
      besides(PIPE, pipe()),
      entry(second, ["create"], null, pipe({ id: "second", name: "second" })),
    );

    expect(found.refused).toEqual([`${reader}#destroyed`, `${second}#function-trigger`]);
  });

  test("that is new may fill a queue, or take the place of who read it", () => {
    const reader = "aws_lambda_event_source_mapping.judge";
    const gone = entry(reader, ["delete"], valuesOf(reader), null);

    expect(outcome(entry(PIPE, ["create"], null, pipe({ source: ORDERS, target: QUEUE })))).toEqual(NOTHING);
    expect(outcome(gone, entry(PIPE, ["create"], null, pipe())).refused).toEqual([`${reader}#destroyed`]);
  });

  test("is not meant where the same function reads the queue a second time", () => {
    const reader = "aws_lambda_event_source_mapping.judge";
    const again = entry("aws_lambda_event_source_mapping.again", ["create"], null, {
      ...valuesOf(reader),
      id: "45",
      function_name: "judge",
    });

    expect(outcome(again)).toEqual(NOTHING);
  });

  test("that only sends something else to the same topic does not", () => {
    expect(outcome(entry(PIPE, ["delete"], pipe({ source: ORDERS }), null))).toEqual(NOTHING);
  });

  test("leads on to what it fills", () => {
    const other = "arn:aws:sqs:us-east-1:123456789012:other";
    const queue = entry("aws_sqs_queue.other", ["delete"], { arn: other, name: "other" }, null);

    expect(outcome(besides(PIPE, pipe({ target: other })), queue).refused).toEqual(["aws_sqs_queue.other#destroyed"]);
  });

  test.each([
    ["is stopped", { desired_state: "STOPPED" }, "pipe-stopped"],
    ["gets a filter", { source_parameters: FILTER }, "pipe-stopped"],
    ["sends elsewhere", { target: `${TOPIC}2` }, "target-moved"],
    ["has no role any more", { role_arn: "" }, "role-changed"],
  ])("that %s is refused", (_, after, check) => {
    expect(outcome(entry(PIPE, ["update"], pipe(), pipe(after))).refused).toEqual([`${PIPE}#${check}`]);
  });

  test.each([
    [
      "another filter",
      { source_parameters: FILTER },
      { source_parameters: [{ filter_criteria: [{}] }] },
      "pipe-stopped",
    ],
    ["something in between", { enrichment: "arn:aws:lambda:us-east-1:123456789012:function:f" }, {}, "pipe-stopped"],
    ["a text of its own", { target_parameters: [{ input_template: "{}" }] }, {}, "target-input"],
  ])("that has %s is indeterminate", (_, after, before, check) => {
    const change = entry(PIPE, ["update"], pipe(before), pipe({ ...before, ...after }));

    expect(outcome(change)).toEqual({ refused: [], indeterminate: [`${PIPE}#${check}`] });
  });

  test.each([
    ["runs again", { desired_state: "STOPPED" }, { desired_state: "RUNNING" }],
    ["stays stopped", { desired_state: "STOPPED" }, { description: "until spring" }],
    ["lets all through", { source_parameters: FILTER }, { source_parameters: [] }],
  ])("that %s is fine", (_, before, after) => {
    const reader = "aws_lambda_event_source_mapping.judge";
    const off = besides(reader, { ...valuesOf(reader), enabled: false });

    expect(outcome(off, entry(PIPE, ["update"], pipe(before), pipe({ ...before, ...after })))).toEqual(NOTHING);
  });
});
