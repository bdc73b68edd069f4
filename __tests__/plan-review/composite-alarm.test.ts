import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { firesLess } from "../../plan-review/evaluation/alarm-rule";
import { propertyRuns } from "../property-runs";
import { entry, ids, NOTHING, outcome, planWith, review } from "./plans";

const COMPOSITE = "aws_cloudwatch_composite_alarm.any";
const ARN = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:root";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:alerts";
const values = {
  id: "any",
  alarm_name: "any",
  arn: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:any",
  alarm_rule: `ALARM("root") OR ALARM("disk full")`,
  actions_enabled: true,
  alarm_actions: [TOPIC],
  actions_suppressor: [],
};

function update(after: object, before: object = {}) {
  return outcome(entry(COMPOSITE, ["update"], { ...values, ...before }, { ...values, ...before, ...after }));
}

describe("a composite alarm that fires by an alarm of the monitoring", () => {
  test.each([
    ["by name", `ALARM("root")`],
    ["by ARN", `NOT OK("${ARN}")`],
    ["without quotes", "ALARM(root) AND ALARM(other)"],
  ])("is watched, named %s", (_, alarm_rule) => {
    expect(outcome(entry(COMPOSITE, ["delete"], { ...values, alarm_rule }, null)).refused).toEqual([
      `${COMPOSITE}#destroyed`,
    ]);
  });

  test("is watched by way of another composite alarm", () => {
    const outer = "aws_cloudwatch_composite_alarm.outer";
    const over = { ...values, id: "outer", alarm_name: "outer", alarm_rule: "ALARM(any)" };
    const plan = planWith([entry(COMPOSITE, ["no-op"], values, values), entry(outer, ["delete"], over, null)]);

    expect(ids(review(plan).refused)).toEqual([`${outer}#destroyed`]);
  });

  test("is not, where it fires by other alarms only", () => {
    const other = { ...values, alarm_rule: 'ALARM("roots") OR ALARM("disk full")' };

    expect(outcome(entry(COMPOSITE, ["delete"], other, null))).toEqual(NOTHING);
  });

  test.each([
    ["notifies no one", { actions_enabled: false }],
    ["notifies fewer", { alarm_actions: [] }],
    ["fires less", { alarm_rule: 'ALARM("root") AND ALARM("disk full")' }],
    ["never fires", { alarm_rule: "FALSE" }],
    ["is kept quiet by another one", { actions_suppressor: [{ alarm: "maintenance", wait_period: 60 }] }],
  ])("is refused when it %s", (_, after) => {
    expect(update(after)).toEqual({ refused: [`${COMPOSITE}#alarm-silenced`], indeterminate: [] });
  });

  test.each([
    ["fires more", { alarm_rule: 'ALARM("root") OR ALARM("disk full") OR ALARM("fire")' }],
    ["names the same alarm by ARN", { alarm_rule: `ALARM("disk full") OR ALARM(${ARN})` }],
    ["notifies more", { alarm_actions: [TOPIC, `${TOPIC}-more`] }],
    ["is called otherwise for people", { alarm_description: "anything" }],
  ])("is fine when it %s", (_, after) => {
    expect(update(after)).toEqual(NOTHING);
  });

  test.each([
    ["a rule that isn't read here", { alarm_rule: 'AT_LEAST(1, ALARM, ("root", "disk full"))' }],
    [
      "more alarms than can be tried",
      { alarm_rule: ["root", ..."abcdefgh"].map((name) => `ALARM(${name})`).join(" OR ") },
    ],
  ])("is indeterminate with %s", (_, after) => {
    expect(update(after).indeterminate).toEqual([`${COMPOSITE}#alarm-silenced`]);
  });

  test("may leave missing data unreported: that is indeterminate", () => {
    expect(update({ insufficient_data_actions: [] }, { insufficient_data_actions: [TOPIC] })).toEqual({
      refused: [],
      indeterminate: [`${COMPOSITE}#alarm-silenced`],
    });
  });

  test("may be kept quiet by another alarm than before: is indeterminate", () => {
    expect(update({ actions_suppressor: [{ alarm: "b" }] }, { actions_suppressor: [{ alarm: "a" }] })).toEqual({
      refused: [],
      indeterminate: [`${COMPOSITE}#alarm-silenced`],
    });
  });
});

describe("whether a rule fires less", () => {
  const STATES = ["ALARM", "OK", "INSUFFICIENT_DATA"];
  interface Rule {
    readonly text: string;
    readonly fires: (states: readonly string[]) => boolean;
  }
  const alarm: fc.Arbitrary<Rule> = fc
    .tuple(fc.constantFrom(...STATES), fc.nat(2), fc.boolean())
    .map(([state, number, quoted]) => ({
      text: quoted ? `${state}("alarm ${number}")` : `${state}( alarm ${number} )`,
      fires: (states) => states[number] === state,
    }));
  const constant: fc.Arbitrary<Rule> = fc
    .boolean()
    .map((value) => ({ text: value ? "TRUE" : "FALSE", fires: () => value }));
  const { rule } = fc.letrec<{ rule: Rule; not: Rule; and: Rule; or: Rule }>((tie) => ({
    rule: fc.oneof({ maxDepth: 4, withCrossShrink: true }, alarm, constant, tie("not"), tie("and"), tie("or")),
    not: tie("rule").map(({ text, fires }) => ({ text: `NOT (${text})`, fires: (states) => !fires(states) })),
    and: fc.tuple(tie("rule"), tie("rule")).map(([a, b]) => ({
      text: `(${a.text}) AND (${b.text})`,
      fires: (states) => a.fires(states) && b.fires(states),
    })),
    or: fc.tuple(tie("rule"), tie("rule")).map(([a, b]) => ({
      text: `(${a.text}) OR (${b.text})`,
      fires: (states) => a.fires(states) || b.fires(states),
    })),
  }));
  const all = STATES.flatMap((a) => STATES.flatMap((b) => STATES.map((c) => [a, b, c])));

  test("is what trying all states says", () => {
    fc.assert(
      fc.property(rule, rule, (before, after) => {
        const less = all.some((states) => before.fires(states) && !after.fires(states));

        expect(firesLess(before.text, after.text)).toBe(less ? "yes" : "no");
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  test("follows NOT before AND, and AND before OR", () => {
    expect(firesLess("(ALARM(a) AND ALARM(b)) OR ALARM(c)", "ALARM(a) AND ALARM(b) OR ALARM(c)")).toBe("no");
    expect(firesLess("ALARM(a) AND ALARM(b) OR ALARM(c)", "ALARM(a) AND (ALARM(b) OR ALARM(c))")).toBe("yes");
    expect(firesLess("(NOT ALARM(a)) OR ALARM(b)", "NOT ALARM(a) OR ALARM(b)")).toBe("no");
  });
});
