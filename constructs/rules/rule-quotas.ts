import { rulesPerBus } from "../../config/regions";

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

/** The bus that the rules lie on. */
export interface Bus {
  /** Terraform's token where only Terraform knows it. */
  readonly region: string;
  /** Rules that it has room for. */
  readonly budget: number;
}

/** A line for every quota that a rule exceeds by itself. */
export function quotaProblems(rules: readonly PlannedRule[]): readonly string[] {
  return rules.flatMap(problemsOf);
}

/** That there is no room for all of the rules. */
export function roomProblems(rules: readonly PlannedRule[], { region, budget }: Bus): readonly string[] {
  if (rules.length <= budget) return [];
  const granted = budget === rulesPerBus(region) ? `, which is what AWS grants a bus in ${region}` : "";
  return [
    `there would be ${rules.length} EventBridge rules, ruleBudget is ${budget}${granted}: disable detections (disabledDetections, packs), give some of them "path": "log", or raise ruleBudget once AWS has raised the bus's quota`,
  ];
}

/** What EventBridge may refuse of the rules all together. */
export function quotaWarnings(rules: readonly PlannedRule[], { region }: Bus): readonly string[] {
  const ids = rules.filter(({ wildcards }) => wildcards).map(({ detectionId }) => detectionId);
  const granted = rulesPerBus(region);
  return [
    ...(rules.length > granted
      ? [
          `there would be ${rules.length} EventBridge rules, and AWS grants a bus in ${region} no more than ${granted} unless asked: make sure that the quota is raised before you apply`,
        ]
      : []),
    ...(ids.length > MAX_WILDCARD_RULES
      ? [
          `${ids.length} EventBridge rules have wildcards, of which a bus may take no more than ${MAX_WILDCARD_RULES}: use prefix and suffix, or "path": "log", in some of ${ids.join(", ")}`,
        ]
      : []),
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
