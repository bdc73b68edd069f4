import { describe, expect, test } from "@jest/globals";
import { changed } from "../plans";
import { judged } from "./judged";

const ALARM = "aws_cloudwatch_metric_alarm.root";

describe("an alarm", () => {
  const greater = { comparison_operator: "GreaterThanOrEqualToThreshold", threshold: 1 };

  test("with a threshold that is farther away is refused", () => {
    expect(judged(changed(ALARM, { threshold: 1e9 }, greater)).refused).toEqual([`${ALARM}#alarm-silenced`]);
    const less = { ...greater, comparison_operator: "LessThanThreshold" };
    expect(judged(changed(ALARM, { threshold: 0 }, less)).refused).toEqual([`${ALARM}#alarm-silenced`]);
  });

  test("with a threshold that is nearer is fine", () => {
    expect(judged(changed(ALARM, { threshold: 0 }, greater))).toEqual({ refused: [], cannotTell: [] });
  });

  test("with a number in another spelling of none is fine", () => {
    expect(judged(changed(ALARM, { datapoints_to_alarm: null }, { datapoints_to_alarm: 0 }))).toEqual({
      refused: [],
      cannotTell: [],
    });
  });

  test.each([
    ["another metric", { metric_name: "Other" }],
    ["longer periods", { period: 86_400 }],
    ["another comparison", { comparison_operator: "LessThanThreshold" }],
    ["other dimensions", { dimensions: { Host: "a" } }],
  ])("of %s can't be judged", (_, after) => {
    const before = { ...greater, period: 300, dimensions: {} };
    expect(judged(changed(ALARM, after, before))).toEqual({ refused: [], cannotTell: [`${ALARM}#alarm-silenced`] });
  });
});

describe("a metric filter", () => {
  test("that counts under another name can't be judged", () => {
    const address = "aws_cloudwatch_log_metric_filter.root";
    const after = { metric_transformation: [{ name: "Other", namespace: "cis", value: "1" }] };
    expect(judged(changed(address, after)).cannotTell).toEqual([`${address}#log-filter`]);
  });
});
