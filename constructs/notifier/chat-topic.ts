import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { Construct } from "constructs";
import type { Deployment } from "../deployment/deployment";
import { denyInsecureTransport, policyDocument } from "../deployment/policy-document";

export interface ChatTopicProps {
  readonly deployment: Deployment;
  readonly keyArn: string;
}

/**
 * The topic for Amazon Q Developer in chat applications, which the notifier alone publishes to: its JSON would be unreadable
 * by email.
 */
export class ChatTopic extends Construct {
  readonly arn: string;
  readonly topicName: string;

  constructor(scope: Construct, id: string, { deployment, keyArn }: ChatTopicProps) {
    super(scope, id);
    const topic = new SnsTopic(this, "Topic", {
      name: deployment.name("chat"),
      displayName: "trailwarden",
      kmsMasterKeyId: keyArn,
    });
    new SnsTopicPolicy(this, "Policy", {
      arn: topic.arn,
      policy: policyDocument(denyInsecureTransport("sns:Publish", topic.arn)),
    });
    this.arn = topic.arn;
    this.topicName = topic.name;
  }
}
