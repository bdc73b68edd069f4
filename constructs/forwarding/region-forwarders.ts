import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Forwarder } from "../../detection/forwarding/forwarder";
import type { Deployment } from "../deployment/deployment";
import { literal } from "../deployment/terraform-text";
import { DeadLetterQueue } from "../messaging/dead-letter-queue";

/**
 * How long and how often EventBridge tries again what a target refuses: the most that it does, and what it does unasked.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 */
const RETRIES = { maximumEventAgeInSeconds: 24 * 3600, maximumRetryAttempts: 185 } as const;

/** A forwarder and its number, by which its rule is called in every region. */
export interface NumberedForwarder extends Forwarder {
  readonly number: number;
}

/** Name of a forwarder's rule. */
export function forwarderName(deployment: Deployment, { number }: NumberedForwarder): string {
  return deployment.name(`forward-${number}`);
}

export interface RegionForwardersProps {
  readonly deployment: Deployment;
  /** Where the rules lie. */
  readonly region: string;
  readonly forwarders: readonly NumberedForwarder[];
  /** ARN of the bus that the events go to. */
  readonly busArn: string;
  /** ARN of the role that may put events there. */
  readonly roleArn: string;
  /** What must exist before the role may. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * The forwarders of one region, and the queue of what they could not deliver. The queue lies in the rules' region: EventBridge
 * takes no other.
 */
export class RegionForwarders extends Construct {
  constructor(scope: Construct, id: string, props: RegionForwardersProps) {
    super(scope, id);
    const { deployment, region, forwarders, busArn, roleArn, dependsOn } = props;
    const ruleArns = forwarders.map((each) =>
      deployment.arn("events", `rule/${forwarderName(deployment, each)}`, { region }),
    );
    const undelivered = new DeadLetterQueue(this, "DeadLetters", {
      queueName: deployment.name("forward-dlq"),
      senders: [{ service: "events.amazonaws.com", sourceArns: ruleArns }],
      region,
    });
    for (const forwarder of forwarders) {
      const rule = new CloudwatchEventRule(this, `Rule${forwarder.number}`, {
        region,
        name: forwarderName(deployment, forwarder),
        description: "Passes what detections may match to the home region",
        eventPattern: literal(JSON.stringify(forwarder.pattern)),
        state: forwarder.state,
      });
      new CloudwatchEventTarget(this, `Target${forwarder.number}`, {
        region,
        rule: rule.name,
        targetId: "home",
        arn: busArn,
        roleArn,
        retryPolicy: RETRIES,
        deadLetterConfig: { arn: undelivered.arn },
        dependsOn: [...dependsOn, ...undelivered.writable],
      });
    }
  }
}
