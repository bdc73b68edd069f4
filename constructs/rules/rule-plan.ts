import { patternProblems } from "../../config/custom-detections/pattern/pattern-problems";
import type { PatternProblem } from "../../config/custom-detections/pattern/problem";
import { catalogue } from "../../detection/catalogue/catalogue";
import { checkDetection, DetectionError } from "../../detection/definition/check-detection";
import { type Detection, hasRule } from "../../detection/definition/detection";
import { type GivenNames, type Names, namesFrom, ruleNameOf } from "../../detection/definition/names";
import { refinementsOf } from "../../detection/definition/refinements-of";
import { hasWildcard } from "../../detection/pattern/analysis/complexity";
import { PlaceholderError, resolve } from "../../detection/pattern/resolve";
import { RefinementError } from "../../detection/refinements/refinement-error";
import { longestNames } from "../deployment/longest-names";
import { patternWarnings } from "./pattern-warnings";
import { type Bus, type PlannedRule, quotaProblems, quotaWarnings, roomProblems } from "./rule-quotas";

/** Characters of a rule's name that EventBridge takes. */
const MAX_RULE_NAME_LENGTH = 64;

const SHIPPED: ReadonlySet<Detection> = new Set(catalogue);

export interface RulesToPlan {
  /** Everything that is switched on; those that only the log path judges get no rule. */
  readonly detections: readonly Detection[];
  readonly bus: Bus;
  /** What the patterns' placeholders stand for, as far as it is known before Terraform runs. */
  readonly names: GivenNames;
}

export interface RulePlan {
  /** What can't be deployed, a line each: what was given, what is allowed, how to fix it. */
  readonly problems: readonly string[];
  /** That there are more rules than the bus has room for. */
  readonly roomProblems: readonly string[];
  /** What of the patterns is surely not meant, or may be refused. */
  readonly warnings: readonly string[];
}

/** Looks at the EventBridge rules that there would be, before anything is made. */
export function planRules({ detections, bus, names }: RulesToPlan): RulePlan {
  const placeholders = namesFrom(names);
  const faulty = detections.flatMap((detection) => detectionProblems(detection, placeholders));
  if (faulty.length > 0) return { problems: faulty, roomProblems: [], warnings: [] };
  // What ships has no such problem, as its tests say.
  const made = detections.filter((detection) => !SHIPPED.has(detection));
  const ofSeverity = (wanted: PatternProblem["severity"], of: readonly Detection[]) =>
    of.flatMap(({ id, pattern }) =>
      patternProblems(pattern)
        .filter(({ severity }) => severity === wanted)
        .map(({ message }) => `pattern of detection "${id}" ${message}`),
    );
  const longest = namesFrom(longestNames(names));
  const measured = detections.map((detection) => ({ ...detection, pattern: resolve(detection.pattern, longest) }));
  const withRule = detections.filter(hasRule);
  const planned = measured.filter(hasRule).map(plannedRule);
  return {
    problems: [...ofSeverity("error", made), ...nameProblems(withRule, names.prefix), ...quotaProblems(planned)],
    roomProblems: roomProblems(planned, bus),
    warnings: [
      ...(detections.length === 0
        ? ["no detection is enabled: no alerts will be sent; see packs and disabledDetections"]
        : []),
      // What ships raises none, as the tests say, unless a name in the place of a placeholder makes it.
      ...measured
        .filter(({ pack, pattern }, index) => pack === "own" || pattern !== detections[index]?.pattern)
        .flatMap(patternWarnings),
      ...ofSeverity(
        "warning",
        made.filter(({ pack }) => pack === "own"),
      ),
      ...quotaWarnings(planned, bus),
    ],
  };
}

/** What a detection's resources are called in Terraform. */
export function pascalCase(id: string): string {
  return id.replace(/(^|-)(.)/g, (_, _dash, letter: string) => letter.toUpperCase());
}

function plannedRule({ id, pattern, route }: Detection): PlannedRule {
  return {
    detectionId: id,
    pattern: JSON.stringify(pattern),
    wildcards: hasWildcard(pattern),
    targets: route === "topic" ? 2 : 1,
  };
}

/** Names that EventBridge would not take, two rules of one name, and two of their resources of one address in Terraform. */
function nameProblems(detections: readonly Detection[], namePrefix: string): readonly string[] {
  const owners = new Map<string, string>();
  return detections.flatMap((detection) => {
    const { id } = detection;
    const name = ruleNameOf(detection, namePrefix);
    const address = pascalCase(id);
    // A name of its own, too, where this prefix passes over it: the next one may not.
    const names = [`${namePrefix}-${id}`, ...(detection.ruleName === undefined ? [] : [detection.ruleName])];
    const taken = [...names.map((each) => `rule name ${each}`), address, `${address}Queue`, `${address}Topic`];
    const clash = taken.find((each) => owners.has(each));
    for (const each of taken) owners.set(each, owners.get(each) ?? id);
    return [
      ...(name.length > MAX_RULE_NAME_LENGTH
        ? [
            `EventBridge rule name "${name}" has ${name.length} characters, at most ${MAX_RULE_NAME_LENGTH} are allowed: shorten namePrefix`,
          ]
        : []),
      ...(clash === undefined
        ? []
        : [
            `detections "${owners.get(clash)}" and "${id}" conflict in Terraform or EventBridge (both have ${clash}): give one of them another id`,
          ]),
    ];
  });
}

/** Why the function would refuse the detection for its definition, placeholders or refinements. */
function detectionProblems(detection: Detection, names: Names): readonly string[] {
  try {
    checkDetection(detection);
    resolve(detection.pattern, names);
    refinementsOf(detection);
    return [];
  } catch (error) {
    if (error instanceof RefinementError) return [`detection "${detection.id}" can't be refined so: ${error.message}`];
    if (error instanceof DetectionError || error instanceof PlaceholderError)
      return [`detection "${detection.id}": ${error.message}`];
    throw error;
  }
}
