import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { Deployment } from "../deployment/deployment";
import { accountAdministersKey, type PolicyStatement, policyDocument } from "../deployment/policy-document";

export interface AlertsKeyProps {
  readonly deployment: Deployment;
}

/**
 * The key of the topics that people subscribe to, and of what else the function needs to tell them: its environment, the
 * seen table, the schedules' messages. It is apart from the archive's, because EventBridge must be let in without a
 * condition: it sends neither source ARN nor source account when it publishes to an encrypted topic.
 *
 * Function, DynamoDB and Scheduler come with a role of this account each time: their roles' policies let them in.
 *
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export class AlertsKey extends Construct {
  readonly arn: string;
  readonly keyId: string;

  constructor(scope: Construct, id: string, { deployment }: AlertsKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, "Key", {
      description: `${deployment.namePrefix}: alerts and urgent topics, alert state, schedules`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyDocument(
        accountAdministersKey(deployment.partition, deployment.account),
        ...urgentPublishers(deployment),
      ),
    });
    new KmsAlias(this, "Alias", { name: `alias/${deployment.name("alerts")}`, targetKeyId: key.keyId });
    this.arn = key.arn;
    this.keyId = key.keyId;
  }
}

/** What the services that publish to the urgent topic need of the topic's key. */
export function urgentPublishers({ account }: Deployment): readonly PolicyStatement[] {
  return [
    {
      Sid: "EventBridgePublishes",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
      Resource: "*",
    },
    {
      Sid: "AlarmsPublish",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
  ];
}
