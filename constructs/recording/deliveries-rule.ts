import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Deployment } from "../deployment/deployment";

export interface DeliveriesRuleProps {
  readonly deployment: Deployment;
  readonly bucketName: string;
  /** Beginnings of the keys of log files. */
  readonly prefixes: readonly string[];
  readonly queueArn: string;
  /** ARN of the queue that takes what the deliveries queue would not. */
  readonly deadLetterArn: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Last part of the rule's name. */
const THING = "deliveries";

/** ARN under which EventBridge sends on behalf of the rule. */
export function deliveriesRuleArn(deployment: Deployment): string {
  return deployment.arn("events", `rule/${deployment.name(THING)}`);
}

/**
 * Hands S3's events of new log files to the deliveries queue, where a bucket has no topic. The bucket's owner turns them on,
 * and passes them on to the home default bus where the bucket lies in another account.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export class DeliveriesRule extends Construct {
  constructor(scope: Construct, id: string, props: DeliveriesRuleProps) {
    super(scope, id);
    const rule = new CloudwatchEventRule(this, "Rule", {
      name: props.deployment.name(THING),
      description: "New log files of CloudTrail",
      eventPattern: JSON.stringify({
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: {
          bucket: { name: [props.bucketName] },
          object: { key: props.prefixes.map((prefix) => ({ wildcard: `${prefix}*.json.gz` })) },
        },
      }),
    });
    new CloudwatchEventTarget(this, "Queue", {
      rule: rule.name,
      targetId: THING,
      arn: props.queueArn,
      deadLetterConfig: { arn: props.deadLetterArn },
      dependsOn: [...props.dependsOn],
    });
  }
}
