import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Annotations, type ITerraformDependable, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { type Detection, hasRule } from "../../detection/definition/detection";
import { type GivenNames, type Names, namesFrom } from "../../detection/definition/names";
import { ruleState } from "../../detection/definition/rule-state";
import type { EventPattern } from "../../detection/pattern/pattern";
import { resolve } from "../../detection/pattern/resolve";
import type { Deployment } from "../deployment/deployment";
import { SynthError } from "../deployment/synth-error";
import { literal } from "../deployment/terraform-text";
import { pascalCase, planRules } from "./rule-plan";
import { urgentMessage } from "./urgent-message";

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
  /** ARN of the topic that detections of route `topic` also send to. */
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
    const { problems, roomProblems, warnings } = planRules({
      detections: props.detections,
      bus: { region: props.deployment.region, budget: props.budget },
      names: props.names,
    });
    const all = [...problems, ...roomProblems];
    if (all.length > 0) throw new SynthError(all);
    this.warnings = warnings;
    for (const warning of this.warnings) Annotations.of(this).addWarning(warning);
    for (const detection of props.detections.filter(hasRule)) {
      const name = pascalCase(detection.id);
      const rule = new CloudwatchEventRule(this, name, {
        name: props.deployment.ruleName(detection),
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
            inputTransformer: urgentMessage(detection, props.deployment.region),
          }),
        );
      }
      if (count !== undefined) for (const resource of counted) resource.addOverride("count", count);
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
