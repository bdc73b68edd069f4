import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import {
  adopt,
  adoptPart,
  mergedPolicy,
  type Origin,
  type StatementsToAdd,
  statementsToAdd,
  TOPIC_KEEPS,
} from "../deployment/origin";
import { denyInsecureTransport, type PolicyStatement } from "../deployment/policy-document";

export interface DeliveriesTopicProps {
  readonly topicName: string;
  readonly keyArn: string;
  /** ARN of the one trail that may publish. */
  readonly trailArn: string;
  readonly origin: Origin;
  /**
   * What the owner of an organization's topic has to add, where it is used as it is.
   *
   * @default - what CloudTrail needs
   */
  readonly foreign?: readonly PolicyStatement[] | undefined;
}

/**
 * The topic on which CloudTrail says which log files it has written. Nobody reads it but the deliveries queue.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-permissions-for-sns-notifications.html
 */
export class DeliveriesTopic extends Construct {
  readonly topicName: string;
  readonly arn: string;
  /** What must exist before CloudTrail may publish here. */
  readonly writable: readonly ITerraformDependable[];

  readonly statementsToAdd: readonly StatementsToAdd[];

  constructor(scope: Construct, id: string, { topicName, keyArn, trailArn, origin, foreign }: DeliveriesTopicProps) {
    super(scope, id);
    if (origin.mode === "existing") {
      this.topicName = topicName;
      this.arn = origin.id;
      this.writable = [];
      this.statementsToAdd = statementsToAdd(
        origin,
        "deliveriesTopic",
        ...(foreign ?? publishStatements(origin.id, trailArn)),
      );
      return;
    }
    const topic = new SnsTopic(this, "Topic", { name: topicName, kmsMasterKeyId: keyArn });
    adopt(origin, topic, ["display_name", ...TOPIC_KEEPS]);
    const policy = new SnsTopicPolicy(this, "Policy", {
      arn: topic.arn,
      policy: mergedPolicy(origin, "deliveriesTopic", ...publishStatements(topic.arn, trailArn)),
    });
    adoptPart(origin, "policy", policy);
    this.topicName = topic.name;
    this.arn = topic.arn;
    this.writable = [policy];
    this.statementsToAdd = [];
  }
}

/** Lets CloudTrail publish, for one trail. */
export function publishStatements(topicArn: string, trailArn: string): readonly PolicyStatement[] {
  return [
    {
      Sid: "CloudTrailPublishes",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
    denyInsecureTransport("sns:Publish", topicArn),
  ];
}
