import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { reviewJson } from "../../cli/review/review-json";
import { checks } from "../../plan-review/checks/checks";
import { markdown } from "../../plan-review/markdown";
import { PlanError } from "../../plan-review/plan/not-a-plan";
import { reviewPlan } from "../../plan-review/review-plan";
import { propertyRuns } from "../property-runs";
import { baseline, planWith } from "./plans";

/** A verdict, or one clear line. */
function outcome(text: string): string {
  try {
    const review = reviewPlan(Buffer.from(text));
    expect(() => JSON.parse(reviewJson(review))).not.toThrow();
    return markdown(review).split("\n")[0] as string;
  } catch (error) {
    if (error instanceof PlanError) return error.message;
    throw error;
  }
}

const LINE = /^(## .+|(is|has|holds) .+)$/;
const LOOKED_AT = checks.flatMap(({ looksAt }) => Object.entries(looksAt)).filter(([type]) => type !== "*");
const TYPES = [...new Set([...baseline().map(({ type }) => type), ...LOOKED_AT.map(([type]) => type)])];
const ATTRIBUTES = [
  ...new Set([
    ...baseline().flatMap(({ change }) => Object.keys(change.before as object)),
    ...LOOKED_AT.flatMap(([, paths]) => paths.map((path) => path.split(".")[0] as string)),
  ]),
];
const ACTIONS = [
  ["no-op"],
  ["create"],
  ["update"],
  ["delete"],
  ["delete", "create"],
  ["create", "delete"],
  ["forget"],
  ["read"],
];

const json = fc.jsonValue({ maxDepth: 3 });
const values = fc.oneof(
  fc.constant(null),
  json,
  fc.dictionary(fc.constantFrom(...ATTRIBUTES), fc.oneof(json, fc.json()), { maxKeys: 8 }),
);

test("any JSON is a verdict or one clear line", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.string(),
        json.map((value) => JSON.stringify({ format_version: "1.2", resource_changes: value })),
      ),
      (text) => {
        expect(outcome(text)).toMatch(LINE);
      },
    ),
    { numRuns: propertyRuns(300) },
  );
});

test("so is any plan of resources of the monitoring, whatever their values", () => {
  const change = fc.record({
    actions: fc.constantFrom(...ACTIONS),
    before: values,
    after: values,
    after_unknown: fc.oneof(values, fc.constant(true)),
    before_sensitive: fc.oneof(values, fc.constant(true)),
    after_sensitive: values,
    replace_paths: json,
    importing: json,
  });
  const resource = fc.record({
    address: fc.string(),
    type: fc.constantFrom(...TYPES),
    mode: fc.constant("managed"),
    change,
    previous_address: json,
  });
  const plan = fc.record({
    resource_changes: fc.array(resource, { maxLength: 6 }),
    resource_drift: fc.array(resource, { maxLength: 3 }),
    configuration: json,
    prior_state: json,
  });
  fc.assert(
    fc.property(plan, ({ resource_changes, ...more }) => {
      const { resource_changes: own } = planWith([]) as { readonly resource_changes: readonly unknown[] };

      expect(
        outcome(JSON.stringify(planWith([], { ...more, resource_changes: [...own, ...resource_changes] }))),
      ).toMatch(LINE);
    }),
    { numRuns: propertyRuns(300) },
  );
});

test("so is a plan of which any one value is something else", () => {
  const own = baseline();
  fc.assert(
    fc.property(
      fc.nat(own.length - 1),
      fc.nat(20),
      fc.oneof(json, fc.json()),
      fc.boolean(),
      (which, attribute, value, drifts) => {
        const one = own[which] as (typeof own)[number];
        const before = one.change.before as object;
        const name = Object.keys(before)[attribute % Object.keys(before).length] as string;
        const changed = { ...one, change: { ...one.change, actions: ["update"], after: { ...before, [name]: value } } };

        expect(
          outcome(JSON.stringify(drifts ? planWith([], { resource_drift: [changed] }) : planWith([changed]))),
        ).toMatch(LINE);
      },
    ),
    { numRuns: propertyRuns(500) },
  );
});

test("so is JSON that is nested deeper than the stack goes", () => {
  const deep = (text: string, levels: number) => "[".repeat(levels) + text + "]".repeat(levels);
  const plan = JSON.stringify(planWith([])).replace('"event_selector":[]', `"event_selector":${deep("", 200_000)}`);

  expect(outcome(deep("", 1_000_000))).toMatch(LINE);
  expect(outcome(plan.replaceAll("no-op", "update"))).toMatch(LINE);
});
