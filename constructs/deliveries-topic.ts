import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { denyInsecureTransport, policyDocument } from "./policy-document";

export interface DeliveriesTopicProps {
  readonly topicName: string;
  readonly keyArn: string;
  /** ARN of the one trail that may publish. */
  readonly trailArn: string;
}

/**
 * The topic on which CloudTrail says which log files it has written. Nobody reads it but the deliveries queue.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-permissions-for-sns-notifications.html
 */
export class DeliveriesTopic extends Construct {
  readonly topicName: string;
  readonly arn: string;
  /** What must exist before CloudTrail is told to publish here. */
  readonly writable: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { topicName, keyArn, trailArn }: DeliveriesTopicProps) {
    super(scope, id);
    const topic = new SnsTopic(this, "Topic", { name: topicName, kmsMasterKeyId: keyArn });
    const policy = new SnsTopicPolicy(this, "Policy", {
      arn: topic.arn,
      policy: policyDocument(
        {
          Sid: "CloudTrailPublishes",
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: "sns:Publish",
          Resource: topic.arn,
          Condition: { StringEquals: { "aws:SourceArn": trailArn } },
        },
        denyInsecureTransport("sns:Publish", topic.arn),
      ),
    });
    this.topicName = topic.name;
    this.arn = topic.arn;
    this.writable = [policy];
  }
}
