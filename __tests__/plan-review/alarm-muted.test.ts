import { describe, expect, test } from "@jest/globals";
import { cronWithin } from "../../plan-review/evaluation/cron";
import { besides, type Entry, entry, ids, NOTHING, outcome, planWith, review } from "./plans";

const ADDRESS = "aws_cloudwatch_alarm_mute_rule.night";
const REFUSED = { refused: [`${ADDRESS}#alarm-muted`], indeterminate: [] };

function rule(names: readonly string[] | undefined, schedule: object = {}, more: object = {}) {
  return {
    name: "night",
    mute_targets: names ? [{ alarm_names: names }] : [],
    rule: [{ schedule: [{ duration: "PT2H", expression: "cron(0 2 * * *)", timezone: "UTC", ...schedule }] }],
    start_date: null,
    expire_date: "2027-01-01T00:00:00Z",
    ...more,
  };
}

function create(values: object, after_unknown: object = {}): Entry {
  return entry(ADDRESS, ["create"], null, values, { after_unknown: { arn: true, ...after_unknown } });
}

function update(before: object, after: object): Entry {
  return entry(ADDRESS, ["update"], before, after);
}

describe("a mute rule that is created", () => {
  test("is refused for an alarm of the monitoring, alone or among others", () => {
    expect(outcome(create(rule(["root"])))).toEqual(REFUSED);
    expect(outcome(create(rule(["web-cpu", "root"])))).toEqual(REFUSED);
  });

  test("is refused for a composite alarm of the monitoring", () => {
    const any = besides("aws_cloudwatch_composite_alarm.any", { alarm_name: "any", alarm_rule: 'ALARM("root")' });

    expect(outcome(any, create(rule(["any"])))).toEqual(REFUSED);
  });

  test.each([[undefined], [[]]])("is refused without targets, as %j", (names) => {
    expect(outcome(create(rule(names)))).toEqual(REFUSED);
    expect(ids(review({ format_version: "1.2", resource_changes: [create(rule(names))] }).refused)).toEqual(
      REFUSED.refused,
    );
  });

  test("is fine for other alarms", () => {
    expect(outcome(create(rule(["web-cpu"])))).toEqual(NOTHING);
    expect(outcome(besides("aws_cloudwatch_metric_alarm.cpu", { alarm_name: "cpu" }), create(rule(["cpu"])))).toEqual(
      NOTHING,
    );
  });

  test("is indeterminate where its targets are known after apply only", () => {
    const unknown = create({ ...rule([]), mute_targets: [] }, { mute_targets: true });

    expect(outcome(unknown)).toEqual({ refused: [], indeterminate: [`${ADDRESS}#alarm-muted`] });
  });

  test("is refused when it overwrites one of other alarms", () => {
    const first = besides("aws_cloudwatch_alarm_mute_rule.first", rule(["web-cpu"]));

    expect(outcome(first, create(rule(["root"])))).toEqual(REFUSED);
  });
});

describe("a mute rule that changes", () => {
  test.each([
    ["another alarm", rule(["web-cpu"]), rule(["web-cpu", "root"])],
    ["every alarm", rule(["root"]), rule(undefined)],
    ["longer", rule(["root"]), rule(["root"], { duration: "PT3H" })],
    ["longer, in days", rule(["root"], { duration: "PT24H" }), rule(["root"], { duration: "P2D" })],
    ["a length that can't be read", rule(["root"]), rule(["root"], { duration: "2 hours" })],
    ["more often", rule(["root"]), rule(["root"], { expression: "cron(0 * * * *)" })],
    ["another time", rule(["root"]), rule(["root"], { expression: "cron(0 3 * * *)" })],
    ["again and again", rule(["root"], { expression: "at(2026-05-01T02:00)" }), rule(["root"])],
    ["another time zone", rule(["root"]), rule(["root"], { timezone: "Asia/Tokyo" })],
    ["a later end", rule(["root"]), rule(["root"], {}, { expire_date: "2028-01-01T00:00:00Z" })],
    ["no end", rule(["root"]), rule(["root"], {}, { expire_date: null })],
    ["longer, for every alarm", rule(undefined), rule(undefined, { duration: "PT3H" })],
  ])("to %s is refused", (_, before, after) => {
    expect(outcome(update(before, after))).toEqual(REFUSED);
  });

  test.each([
    ["fewer alarms", rule(["root", "web-cpu"]), rule(["root"])],
    ["none of the monitoring", rule(["root"]), rule(["web-cpu"], { duration: "PT9H" })],
    ["some of all", rule(undefined), rule(["root"])],
    ["shorter", rule(["root"]), rule(["root"], { duration: "PT90M" })],
    [
      "the same in other words",
      rule(["root"]),
      rule(["root"], { duration: "PT120M", expression: "cron(0 2 */1 * ?)" }),
    ],
    ["the alarm's ARN", rule(["root"]), rule(["arn:aws:cloudwatch:us-east-1:123456789012:alarm:root"])],
    ["more seldom", rule(["root"]), rule(["root"], { expression: "cron(0 2 * * SUN)" })],
    ["an earlier end", rule(["root"]), rule(["root"], {}, { expire_date: "2026-12-01T00:00:00Z" })],
    ["another description", rule(["root"]), rule(["root"], {}, { description: "Nightly" })],
  ])("to %s is fine", (_, before, after) => {
    expect(outcome(update(before, after))).toEqual(NOTHING);
  });
});

test("a mute rule that goes is fine", () => {
  expect(outcome(entry(ADDRESS, ["delete"], rule(["root"]), null))).toEqual(NOTHING);
});

test("policies over all log groups of an account are said to be undecided, when they change what is read", () => {
  const address = "aws_cloudwatch_log_account_policy.all";
  const policy = (policy_type: string) =>
    entry(address, ["create"], null, { policy_name: "all", policy_type, policy_document: "{}" });

  expect(outcome(policy("DATA_PROTECTION_POLICY"))).toEqual({
    refused: [],
    indeterminate: [`${address}#data-protection`],
  });
  expect(outcome(policy("FIELD_INDEX_POLICY"))).toEqual(NOTHING);
  expect(review(planWith([policy("FIELD_INDEX_POLICY")])).touched).toEqual([]);
});

test.each([
  ["cron(0 2 * * *)", "cron(0 * * * *)", true],
  ["cron(0 2 * * MON-FRI)", "cron(0 2 * * *)", true],
  ["cron(0 2 1 JAN *)", "cron(0 2 1-7 1,2 *)", true],
  ["cron(0 2 * * *)", "cron(0 2 * * SUN)", false],
  ["cron(*/15 * * * *)", "cron(*/5 * * * *)", true],
  ["cron(*/5 * * * *)", "cron(*/15 * * * *)", false],
  // Either day counts where both are given.
  ["cron(0 2 1 * MON)", "cron(0 2 1 * *)", false],
  ["cron(0 2 L * *)", "cron(0 2 * * *)", false],
  ["at(2026-05-01T02:00)", "cron(0 2 * * *)", false],
])("%s within %s: %s", (narrow, wide, within) => {
  expect(cronWithin(narrow, wide)).toBe(within);
});
