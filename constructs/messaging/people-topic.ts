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

export interface PeopleTopicProps {
  /** Which of the configuration's resources it is. */
  readonly role: "alertsTopic" | "urgentTopic";
  readonly origin: Origin;
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

  readonly statementsToAdd: readonly StatementsToAdd[];

  constructor(scope: Construct, id: string, props: PeopleTopicProps) {
    super(scope, id);
    const { origin, role } = props;
    if (origin.mode === "existing") {
      this.topicName = props.topicName;
      this.arn = origin.id;
      this.writable = [];
      this.statementsToAdd = statementsToAdd(origin, role, ...statements(origin.id, props));
      return;
    }
    const topic = new SnsTopic(this, "Topic", {
      name: props.topicName,
      displayName: props.displayName,
      kmsMasterKeyId: props.keyArn,
    });
    adopt(origin, topic, TOPIC_KEEPS);
    const policy = new SnsTopicPolicy(this, "Policy", {
      arn: topic.arn,
      policy: mergedPolicy(origin, role, ...statements(topic.arn, props)),
    });
    adoptPart(origin, "policy", policy);
    this.topicName = topic.name;
    this.arn = topic.arn;
    this.writable = [policy];
    this.statementsToAdd = [];
  }
}

function statements(topicArn: string, { publishers = [] }: PeopleTopicProps): readonly PolicyStatement[] {
  return [
    ...publishers.map(({ sid, service, condition }) => ({
      Sid: sid,
      Effect: "Allow" as const,
      Principal: { Service: service },
      Action: "sns:Publish",
      Resource: topicArn,
      ...(condition && { Condition: condition }),
    })),
    denyInsecureTransport("sns:Publish", topicArn),
  ];
}
