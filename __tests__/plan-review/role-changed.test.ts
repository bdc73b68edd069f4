import { describe, expect, test } from "@jest/globals";
import { changed, type Entry, entry, NOTHING, outcome, valuesOf } from "./plans";

const TARGET = "aws_cloudwatch_event_target.users";

type Case = readonly [words: string, before: object, after: object, expected: "refused" | "indeterminate" | "fine"];

function cases(address: string, check: string, all: readonly Case[], ...more: readonly Entry[]): void {
  test.each(all)("%s", (_, before, after, expected) => {
    const id = [`${address}#${check}`];
    const found = outcome(changed(address, { ...after }, { ...before }), ...more);

    expect(found).toEqual(expected === "fine" ? NOTHING : { ...NOTHING, [expected]: id });
  });
}

describe("who acts by another role", () => {
  const role = "arn:aws:iam::123456789012:role/events";
  const bus = "arn:aws:events:us-west-2:123456789012:event-bus/central";
  cases(TARGET, "role-changed", [
    ["or by none, where only a role will do", { arn: bus, role_arn: role }, { role_arn: "" }, "refused"],
    ["or by none, where the target has a policy", { role_arn: role }, { role_arn: null }, "indeterminate"],
    ["first", {}, { role_arn: role }, "indeterminate"],
    ["in another spelling of none", {}, { role_arn: null }, "fine"],
  ]);
});

describe("who acts by another role, or by none", () => {
  const role_arn = "arn:aws:iam::123456789012:role/events";

  test("is indeterminate with a rule, whose targets have roles of their own", () => {
    const rule = 'aws_cloudwatch_event_rule.users["iam"]';

    expect(outcome(changed(rule, { role_arn: "" }, { role_arn }))).toEqual({
      refused: [],
      indeterminate: [`${rule}#role-changed`],
    });
  });

  test("is reported once, where the trail's role is known after apply only", () => {
    const trail = "module.audit.aws_cloudtrail.main";
    const after = { ...valuesOf(trail), cloud_watch_logs_role_arn: undefined };
    const after_unknown = { cloud_watch_logs_role_arn: true };

    expect(outcome(entry(trail, ["update"], valuesOf(trail), after, { after_unknown })).indeterminate).toEqual([
      `${trail}#trail-destination`,
    ]);
  });
});
