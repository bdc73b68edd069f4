import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { denyInsecureTransport, type PolicyStatement, policyDocument } from "./policy-document";

export interface PeopleTopicProps {
  readonly topicName: string;
  /** What mail clients and phones show as the sender; at most 100 characters. */
  readonly displayName: string;
  readonly keyArn: string;
  /**
   * Services that publish here. Roles of this account need no statement.
   *
   * @default - none
   */
  readonly publishers?: readonly {
    readonly sid: string;
    readonly service: string;
    /**
     * What the publishing service must prove.
     *
     * @default - nothing: EventBridge sends no source when it publishes to a topic
     */
    readonly condition?: NonNullable<PolicyStatement["Condition"]>;
  }[];
}

/** A topic that people subscribe to. */
export class PeopleTopic extends Construct {
  readonly topicName: string;
  readonly arn: string;
  /** What must exist before a service's messages are let in. */
  readonly writable: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PeopleTopicProps) {
    super(scope, id);
    const topic = new SnsTopic(this, "Topic", {
      name: props.topicName,
      displayName: props.displayName,
      kmsMasterKeyId: props.keyArn,
    });
    const policy = new SnsTopicPolicy(this, "Policy", {
      arn: topic.arn,
      policy: policyDocument(
        ...(props.publishers ?? []).map(({ sid, service, condition }) => ({
          Sid: sid,
          Effect: "Allow" as const,
          Principal: { Service: service },
          Action: "sns:Publish",
          Resource: topic.arn,
          ...(condition && { Condition: condition }),
        })),
        denyInsecureTransport("sns:Publish", topic.arn),
      ),
    });
    this.topicName = topic.name;
    this.arn = topic.arn;
    this.writable = [policy];
  }
}
