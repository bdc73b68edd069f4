import { describe, expect, test } from "@jest/globals";
import { resources, theAttributes } from "../../../assertions/resources";
import { type PlannedRule, quotaProblems, roomProblems } from "../../../constructs/rules/rule-quotas";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { trailStopped } from "../../../detection/catalogue/logging/trail-stopped";
import type { Detection } from "../../../detection/definition/detection";
import { synthesizeStack } from "../synthesize-stack";
import { warningsOf } from "../warnings-of";

function rule(detectionId: string, over: Partial<PlannedRule> = {}): PlannedRule {
  return { detectionId, pattern: "{}", wildcards: false, targets: 1, ...over };
}

function many(count: number, over: Partial<Detection> = {}): readonly Detection[] {
  return Array.from({ length: count }, (_, index) => ({ ...trailStopped, id: `made-up-${index}`, ...over }));
}

describe("quotaProblems", () => {
  test.each<[string, readonly PlannedRule[], number]>([
    ["as many rules as there is room for", [rule("a"), rule("b")], 2],
    ["a pattern of 2,048 characters", [rule("a", { pattern: "x".repeat(2_048) })], 1],
    ["five targets", [rule("a", { targets: 5 })], 1],
  ])("takes %s", (_, rules, budget) => {
    expect(quotaProblems(rules)).toEqual([]);
    expect(roomProblems(rules, { region: "us-east-1", budget })).toEqual([]);
  });

  test("names detection and figure of everything that is too much, a line each", () => {
    const rules = [rule("long", { pattern: "x".repeat(2_049) }), rule("popular", { targets: 6 }), rule("other")];

    expect([...quotaProblems(rules), ...roomProblems(rules, { region: "us-east-1", budget: 2 })]).toEqual([
      'pattern of detection "long" has 2049 characters, EventBridge takes at most 2048: split it',
      'rule of detection "popular" has 6 targets, EventBridge takes at most 5',
      expect.stringMatching(/^there would be 3 EventBridge rules, ruleBudget is 2: disable detections/),
    ]);
  });
});

describe("the stack", () => {
  test("counts the rules that it makes, and no others", () => {
    const detections = [...many(3), { ...trailStopped, id: "quiet", path: "log" as const }];

    expect(
      resources(synthesizeStack({ ruleBudget: 3 }, { catalogue: detections }), "aws_cloudwatch_event_rule"),
    ).toHaveLength(3);
    expect(() => synthesizeStack({ ruleBudget: 2 }, { catalogue: detections })).toThrow(
      /^there would be 3 EventBridge rules, ruleBudget is 2: /,
    );
  });

  test("warns of many rules with wildcards, also where they say what is not to be", () => {
    const pattern = { source: ["aws.s3"], detail: { key: [{ "anything-but": { wildcard: "*/a" } }] } };

    expect(warningsOf(many(31, { pattern }))).toEqual([
      expect.stringMatching(/^31 EventBridge rules have wildcards, .* no more than 30: .* made-up-0, made-up-1, /),
    ]);
    expect(warningsOf(many(30, { pattern }))).toEqual([]);
    expect(warningsOf(many(31, { pattern, path: "log" }))).toEqual([]);
  });

  test("warns where nothing is enabled", () => {
    expect(warningsOf([])).toEqual([expect.stringMatching(/^no detection is enabled/)]);
  });

  test("counts a pattern's characters before Terraform's escapes", () => {
    const pattern = (length: number) => ({ source: ["aws.s3"], detail: { key: [`\${${"x".repeat(length)}`] } });
    const short = JSON.stringify(pattern(0)).length;

    expect(() => synthesizeStack({}, { catalogue: many(1, { pattern: pattern(2_048 - short) }) })).not.toThrow();
    expect(() => synthesizeStack({}, { catalogue: many(1, { pattern: pattern(2_049 - short) }) })).toThrow(
      /^pattern of detection "made-up-0" has 2049 characters/,
    );
  });

  test("has room for everything that ships", () => {
    expect(() => synthesizeStack({ packs: ["strict"] })).not.toThrow();
    expect(catalogue.length).toBeLessThanOrEqual(300);
  });

  test.each([
    ["a-1", "a1"],
    ["other", "other-queue"],
    ["other-topic", "other"],
    ["twice", "twice"],
  ])("refuses %s beside %s, whose resources would have one address", (one, other) => {
    const detections = [one, other].map((id): Detection => ({ ...trailStopped, id }));

    expect(() => synthesizeStack({}, { catalogue: detections })).toThrow(
      /^detections "[a-z0-9-]+" and "[a-z0-9-]+" conflict in Terraform or EventBridge .*: give one of them another id$/,
    );
  });

  test("refuses two rules of one name", () => {
    const named = many(2, { ruleName: "Alert" });

    expect(() => synthesizeStack({}, { catalogue: named })).toThrow(
      'detections "made-up-0" and "made-up-1" conflict in Terraform or EventBridge (both have rule name Alert)',
    );
  });
});

describe("packs", () => {
  const detections: readonly Detection[] = [
    { ...trailStopped, id: "plain" },
    { ...trailStopped, id: "noisy", pack: "strict" },
  ];
  const rulesOf = (packs: readonly string[]) =>
    resources(synthesizeStack({ packs }, { catalogue: detections }), "aws_cloudwatch_event_rule").map(
      ({ attributes }) => String(attributes.name),
    );

  test("decide what has a rule", () => {
    expect(rulesOf(["default"])).toEqual(["trailwarden-plain"]);
    expect(rulesOf(["strict"]).sort()).toEqual(["trailwarden-noisy", "trailwarden-plain"]);
  });

  test("are told to the function, an empty list too", () => {
    for (const PACKS of ["[]", '["default","cis"]']) {
      const { environment } = theAttributes(synthesizeStack({ packs: JSON.parse(PACKS) }), "aws_lambda_function");

      expect(environment).toMatchObject({ variables: { PACKS } });
    }
  });
});
