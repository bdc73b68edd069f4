import { expect, test } from "@jest/globals";
import { isVariable } from "../../config/key";
import { KEYS } from "../../config/keys";
import { type Rule, ruleOf } from "../../config/rule";
import { CONFIG_KEYS, KEY_SCHEMAS } from "../../config/schema";

function patternsOf(rule: Rule | undefined): readonly RegExp[] {
  switch (rule?.kind) {
    case "text":
      return [...rule.matches, ...rule.refuses.map(({ pattern }) => pattern)];
    case "list":
      return patternsOf(rule.of);
    case "map":
      return [...patternsOf(rule.keys), ...patternsOf(rule.values)];
    case "object":
      return Object.values(rule.fields).flatMap((field) => patternsOf(field.rule));
    case "kinds":
      return [...Object.values(rule.kinds), rule.otherwise].flatMap(patternsOf);
    default:
      return [];
  }
}

const patterns = CONFIG_KEYS.filter((key) => isVariable(KEYS[key].module)).flatMap((key) =>
  patternsOf(ruleOf(KEY_SCHEMAS[key])),
);

test("there are some", () => {
  expect(patterns.length).toBeGreaterThan(15);
});

test.each(patterns.map((pattern) => [pattern]))("%s means the same to Terraform", (pattern) => {
  const outsideOfClasses = pattern.source.replace(/\\./g, "").replace(/\[[^\]]*\]/g, "");
  const repeats = [...pattern.source.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].flatMap(([, least, most]) => [
    Number(least),
    Number(most ?? 0),
  ]);

  // Lookaround, back references and what JavaScript and RE2 take for spaces or line ends.
  expect(pattern.source).not.toMatch(/\(\?|\\[sSbBk1-9cu]/);
  expect(outsideOfClasses).not.toContain(".");
  expect(Math.max(0, ...repeats)).toBeLessThanOrEqual(1_000);
  expect(["", "u"]).toContain(pattern.flags);
  // As Terraform and the tests' evaluator read it.
  expect(() => new RegExp(pattern.source, "u")).not.toThrow();
});
