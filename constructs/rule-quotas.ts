import { SynthError } from "./synth-error";

/**
 * What EventBridge takes.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
const MAX_PATTERN_LENGTH = 2_048;
const MAX_TARGETS = 5;
/** Not in AWS's list, which makes it no more than a warning. */
const MAX_WILDCARD_RULES = 30;

/** A rule as it goes to EventBridge. */
export interface PlannedRule {
  readonly detectionId: string;
  /** JSON; nothing in it is escaped for Terraform yet. */
  readonly pattern: string;
  readonly wildcards: boolean;
  readonly targets: number;
}

/**
 * @param budget rules that the event bus has room for
 * @throws SynthError with a line for every quota that the rules exceed
 */
export function checkRuleQuotas(rules: readonly PlannedRule[], budget: number): void {
  const problems = [
    ...rules.flatMap(problemsOf),
    ...(rules.length > budget
      ? [
          `there would be ${rules.length} EventBridge rules, ruleBudget is ${budget}: switch detections off (disabledDetections, packs), give some of them "path": "log", or raise ruleBudget once AWS has raised the bus's quota`,
        ]
      : []),
  ];
  if (problems.length > 0) throw new SynthError(problems.join("\n"));
}

/** What EventBridge may refuse of the rules all together. */
export function quotaWarnings(rules: readonly PlannedRule[]): readonly string[] {
  const ids = rules.filter(({ wildcards }) => wildcards).map(({ detectionId }) => detectionId);
  if (ids.length <= MAX_WILDCARD_RULES) return [];
  return [
    `${ids.length} EventBridge rules have wildcards, of which a bus may take no more than ${MAX_WILDCARD_RULES}: use prefix and suffix, or "path": "log", in some of ${ids.join(", ")}`,
  ];
}

function problemsOf({ detectionId, pattern, targets }: PlannedRule): readonly string[] {
  return [
    ...(pattern.length > MAX_PATTERN_LENGTH
      ? [
          `pattern of detection "${detectionId}" has ${pattern.length} characters, EventBridge takes at most ${MAX_PATTERN_LENGTH}: split it`,
        ]
      : []),
    ...(targets > MAX_TARGETS
      ? [`rule of detection "${detectionId}" has ${targets} targets, EventBridge takes at most ${MAX_TARGETS}`]
      : []),
  ];
}
