import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { checkConfig } from "../../../config/check";
import { snakeCase } from "../../../config/hcl/snake-case";
import { isSettable, VARIABLES } from "../../../config/variables";
import { conditionsBetween } from "../../../constructs/module/conditions";
import { plannedVariables } from "../../../constructs/module/variables";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { evaluate, type Scope } from "../../config/hcl/evaluate";
import { inSnakeCase, problems, VALUES } from "./variable-values";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const { config } = checkConfig({}, []);
const variables = plannedVariables(config);
const between = conditionsBetween(config, catalogue);
const defaults = Object.fromEntries(variables.map((variable) => [`var.${variable.name}`, variable.default]));

/** What the variables' conditions say of values, by key. */
function complaints(given: Readonly<Record<string, unknown>>): readonly string[] {
  const values = Object.entries(given).map(([key, value]) => [`var.${snakeCase(key)}`, inSnakeCase(value)] as const);
  const scope: Scope = { ...defaults, ...Object.fromEntries(values), plantimestamp: new Date(NOW).toISOString() };
  return variables
    .flatMap(({ key, conditions }) => [...conditions, ...(between[key] ?? [])])
    .filter(({ holds }) => evaluate(holds, scope) !== true)
    .map(({ message }) => String(evaluate(message, scope)));
}

test("every variable is tried", () => {
  expect(Object.keys(VALUES)).toEqual(variables.map(({ key }) => key));
  expect(variables.map(({ key }) => key)).toEqual(
    Object.entries(VARIABLES).flatMap(([key, variable]) => (isSettable(variable) ? [key] : [])),
  );
});

describe.each(Object.entries(VALUES))("%s", (key, values) => {
  test("is refused by the module when the configuration refuses it, and only then", () => {
    const seen = { good: 0, bad: 0 };
    fc.assert(
      fc.property(values as fc.Arbitrary<unknown>, (value) => {
        fc.pre(!(["bucketName", "permissionsBoundary", "timeZone"].includes(key) && value === ""));
        // The quota of rules is the synth's, which has no words for it here.
        fc.pre(key !== "ruleBudget" || Number(value) >= 90 || Number(value) < 1 || Number(value) % 1 > 0);
        // Whether ARNs lie in the deployment's account and partition, each plan's check looks at.
        const wanted = problems({ [key]: value }, NOW).filter(
          (problem) => !/belongs to another account|lies in partition/.test(problem),
        );
        expect({ value, refused: complaints({ [key]: value }).length > 0, wanted }).toEqual({
          value,
          refused: wanted.length > 0,
          wanted,
        });
        seen[wanted.length > 0 ? "bad" : "good"]++;
      }),
      { numRuns: 200 },
    );

    expect(seen.good).toBeGreaterThan(10);
    expect(seen.bad).toBeGreaterThan(10);
  }, 60_000);
});
