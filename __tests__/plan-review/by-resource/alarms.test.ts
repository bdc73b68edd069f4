import { describe, expect, test } from "@jest/globals";
import { changed } from "../plans";
import { outcome } from "./outcome";

const ALARM = "aws_cloudwatch_metric_alarm.root";

describe("an alarm", () => {
  const greater = { comparison_operator: "GreaterThanOrEqualToThreshold", threshold: 1 };

  test("with a threshold that is farther away is refused", () => {
    expect(outcome(changed(ALARM, { threshold: 1e9 }, greater)).refused).toEqual([`${ALARM}#alarm-silenced`]);
    const less = { ...greater, comparison_operator: "LessThanThreshold" };
    expect(outcome(changed(ALARM, { threshold: 0 }, less)).refused).toEqual([`${ALARM}#alarm-silenced`]);
  });

  test("with a threshold that is nearer is fine", () => {
    expect(outcome(changed(ALARM, { threshold: 0 }, greater))).toEqual({ refused: [], indeterminate: [] });
  });

  test("with a number in another spelling of none is fine", () => {
    expect(outcome(changed(ALARM, { datapoints_to_alarm: null }, { datapoints_to_alarm: 0 }))).toEqual({
      refused: [],
      indeterminate: [],
    });
  });

  test.each([
    ["another metric", { metric_name: "Other" }],
    ["longer periods", { period: 86_400 }],
    ["another comparison", { comparison_operator: "LessThanThreshold" }],
    ["other dimensions", { dimensions: { Host: "a" } }],
  ])("of %s is indeterminate", (_, after) => {
    const before = { ...greater, period: 300, dimensions: {} };
    expect(outcome(changed(ALARM, after, before))).toEqual({ refused: [], indeterminate: [`${ALARM}#alarm-silenced`] });
  });
});

describe("a metric filter", () => {
  test("that counts under another name is indeterminate", () => {
    const address = "aws_cloudwatch_log_metric_filter.root";
    const after = { metric_transformation: [{ name: "Other", namespace: "cis", value: "1" }] };
    expect(outcome(changed(address, after)).indeterminate).toEqual([`${address}#log-filter`]);
  });
});
