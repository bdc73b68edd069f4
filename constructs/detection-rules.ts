import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Annotations, type ITerraformDependable, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { checkWindows, WindowError } from "../lambda-src/detections/check-windows";
import { type Detection, hasRule } from "../lambda-src/detections/detection";
import { refinementsOf } from "../lambda-src/detections/refinements-of";
import { ruleState } from "../lambda-src/detections/rule-state";
import { hasWildcard } from "../lambda-src/engine/complexity";
import type { EventPattern } from "../lambda-src/engine/pattern";
import { RefinementError } from "../lambda-src/engine/refinements/refinement-error";
import { PlaceholderError, resolve } from "../lambda-src/engine/resolve";
import { type GivenNames, type Names, namesFrom } from "../lambda-src/names";
import type { Deployment } from "./deployment";
import { longestNames } from "./longest-names";
import { patternWarnings } from "./pattern-warnings";
import { checkRuleQuotas, type PlannedRule, quotaWarnings } from "./rule-quotas";
import { SynthError } from "./synth-error";
import { literal } from "./terraform-text";
import { urgentMessage } from "./urgent-message";

/** Characters of a rule's name that EventBridge takes. */
const MAX_RULE_NAME_LENGTH = 64;

export interface DetectionRulesProps {
  readonly deployment: Deployment;
  /** Everything that is switched on; those that only the log path judges get no rule. */
  readonly detections: readonly Detection[];
  /** Rules that the event bus has room for. */
  readonly budget: number;
  /** What the patterns' placeholders stand for, as far as it is known before Terraform runs. */
  readonly names: GivenNames;
  /** ARN of the queue that picked events go to. */
  readonly eventsQueueArn: string;
  /** ARN of the topic that detections of route `topic` also tell. */
  readonly urgentTopicArn: string;
  /** ARN of the queue that takes what a target would not. */
  readonly deadLetterArn: string;
  /** Policies without which the targets refuse EventBridge. */
  readonly dependsOn: readonly ITerraformDependable[];
  /**
   * Terraform expression of how many of a detection's rule there are.
   *
   * @default - one of each
   */
  readonly ruleCount?: ((detectionId: string) => string) | undefined;
}

/** One EventBridge rule per detection that alerts at once, on the default bus. */
export class DetectionRules extends Construct {
  /** What of the detections' patterns is surely not meant, or may be refused. */
  readonly warnings: readonly string[];

  constructor(scope: Construct, id: string, props: DetectionRulesProps) {
    super(scope, id);
    const names = namesFrom(props.names);
    const longest = namesFrom(longestNames(props.names));
    for (const detection of props.detections) checkDetection(detection, names);
    const measured = props.detections.map((detection) => ({
      ...detection,
      pattern: resolve(detection.pattern, longest),
    }));
    const withRule = props.detections.filter(hasRule);
    refuseSameNames(withRule, props.deployment);
    const planned = measured.filter(hasRule).map(plannedRule);
    checkRuleQuotas(planned, props.budget);
    this.warnings = [
      ...(props.detections.length === 0 ? ["no detection is switched on: nothing will be told; see packs"] : []),
      // What ships raises none, as the tests say, unless a name in the place of a placeholder makes it.
      ...measured
        .filter(({ pack, pattern }, index) => pack === "own" || pattern !== props.detections[index]?.pattern)
        .flatMap(patternWarnings),
      ...quotaWarnings(planned),
    ];
    for (const warning of this.warnings) Annotations.of(this).addWarning(warning);
    for (const detection of withRule) {
      const name = pascalCase(detection.id);
      const rule = new CloudwatchEventRule(this, name, {
        name: ruleName(detection, props.deployment),
        description: literal(`${detection.severity.toUpperCase()}: ${detection.title}`),
        eventPattern: rulePattern(detection, names),
        state: ruleState(detection.pattern),
      });
      const count = props.ruleCount?.(detection.id);
      const target = {
        rule: count === undefined ? rule.name : `\${aws_cloudwatch_event_rule.${rule.friendlyUniqueId}[0].name}`,
        deadLetterConfig: { arn: props.deadLetterArn },
        dependsOn: [...props.dependsOn],
      };
      const counted: TerraformResource[] = [
        rule,
        new CloudwatchEventTarget(this, `${name}Queue`, { ...target, targetId: "events", arn: props.eventsQueueArn }),
      ];
      if (detection.route === "topic") {
        counted.push(
          new CloudwatchEventTarget(this, `${name}Topic`, {
            ...target,
            targetId: "urgent",
            arn: props.urgentTopicArn,
            inputTransformer: urgentMessage(detection),
          }),
        );
      }
      if (count !== undefined) for (const resource of counted) resource.addOverride("count", count);
    }
  }
}

/** @throws SynthError when EventBridge would not take the name */
function ruleName(detection: Detection, deployment: Deployment): string {
  const name = deployment.ruleName(detection);
  if (name.length > MAX_RULE_NAME_LENGTH) {
    throw new SynthError(
      `EventBridge rule name "${name}" has ${name.length} characters, at most ${MAX_RULE_NAME_LENGTH} are allowed: shorten namePrefix`,
    );
  }
  return name;
}

function plannedRule({ id, pattern, route }: Detection): PlannedRule {
  return {
    detectionId: id,
    pattern: JSON.stringify(pattern),
    wildcards: hasWildcard(pattern),
    targets: route === "topic" ? 2 : 1,
  };
}

/** @throws SynthError when two rules would have one name, or two of a rule's resources one address in Terraform */
function refuseSameNames(detections: readonly Detection[], deployment: Deployment): void {
  const owners = new Map<string, string>();
  for (const detection of detections) {
    const address = pascalCase(detection.id);
    // A name of its own, too, where this prefix passes over it: the next one may not.
    const names = [deployment.name(detection.id), ...(detection.ruleName ? [detection.ruleName] : [])];
    const taken = [...names.map((name) => `rule name ${name}`), address, `${address}Queue`, `${address}Topic`];
    for (const name of taken) {
      const owner = owners.get(name);
      if (owner !== undefined) {
        throw new SynthError(
          `detections "${owner}" and "${detection.id}" can't be told apart in Terraform or EventBridge (${name}): give one of them another id`,
        );
      }
      owners.set(name, detection.id);
    }
  }
}

/** The ARNs under which EventBridge sends on behalf of these rules. */
export function ruleArns(detections: readonly Detection[], deployment: Deployment): readonly string[] {
  const named = detections
    .filter((detection) => hasRule(detection) && detection.ruleName !== undefined)
    .map((detection) => deployment.ruleName(detection));
  const others = named.filter((name) => !name.startsWith(deployment.name("")));
  return [deployment.name("*"), ...others].map((name) => deployment.arn("events", `rule/${name}`));
}

/** The pattern with Terraform's tokens in it, itself escaped. */
function rulePattern({ pattern }: Detection, names: Names): string {
  const escaped = JSON.parse(literal(JSON.stringify(pattern))) as EventPattern;
  return JSON.stringify(resolve(escaped, names));
}

/** @throws SynthError when the function would refuse the detection for its placeholders, refinements or windows */
function checkDetection(detection: Detection, names: Names): void {
  try {
    resolve(detection.pattern, names);
    refinementsOf(detection);
    checkWindows(detection);
  } catch (error) {
    if (error instanceof RefinementError) {
      throw new SynthError(`detection "${detection.id}" can't be refined so: ${error.message}`);
    }
    if (error instanceof WindowError || error instanceof PlaceholderError)
      throw new SynthError(`detection "${detection.id}": ${error.message}`);
    throw error;
  }
}

function pascalCase(id: string): string {
  return id.replace(/(^|-)(.)/g, (_, _dash, letter: string) => letter.toUpperCase());
}
