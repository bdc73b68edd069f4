import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Deployment } from "../deployment/deployment";
import { adopt, mergedPolicy, type Origin, type StatementsToAdd, statementsToAdd } from "../deployment/origin";
import { accountAdministersKey, type PolicyStatement } from "../deployment/policy-document";

export interface ArchiveKeyProps {
  readonly deployment: Deployment;
  /** ARN of the one trail that may encrypt with the key. */
  readonly trailArn: string;
  /** ARNs of the log groups that the key encrypts. */
  readonly logGroupArns: readonly string[];
  readonly origin: Origin;
}

/**
 * The key of everything that holds log data: bucket, log groups, deliveries topic.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export class ArchiveKey extends Construct {
  readonly arn: string;
  readonly keyId: string;
  /** What is encrypted with the key depends on it, so that a destroy that stops there leaves the key alone. */
  readonly dependables: readonly ITerraformDependable[];
  readonly statementsToAdd: readonly StatementsToAdd[];

  constructor(scope: Construct, id: string, { deployment, trailArn, logGroupArns, origin }: ArchiveKeyProps) {
    super(scope, id);
    const statements = serviceStatements(deployment, trailArn, logGroupArns);
    this.statementsToAdd = statementsToAdd(origin, "archiveKey", ...statements);
    if (origin.mode === "existing") {
      this.arn = origin.id;
      this.keyId = origin.id.slice(origin.id.indexOf("/") + 1);
      this.dependables = [];
      return;
    }
    const key = new KmsKey(this, "Key", {
      description: `${deployment.namePrefix}: CloudTrail log archive, log groups and deliveries topic`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: mergedPolicy(
        origin,
        "archiveKey",
        accountAdministersKey(deployment.partition, deployment.account),
        ...statements,
      ),
    });
    adopt(origin, key);
    new KmsAlias(this, "Alias", { name: `alias/${deployment.name("archive")}`, targetKeyId: key.keyId });
    this.arn = key.arn;
    this.keyId = key.keyId;
    this.dependables = [key];
  }
}

function serviceStatements(
  deployment: Deployment,
  trailArn: string,
  logGroupArns: readonly string[],
): readonly PolicyStatement[] {
  const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
  const fromTrail = { "aws:SourceArn": trailArn };
  return [
    {
      Sid: "CloudTrailEncryptsLogFiles",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: { StringEquals: { ...fromTrail, "kms:EncryptionContext:aws:cloudtrail:arn": trailArn } },
    },
    {
      Sid: "CloudTrailReadsKey",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: ["kms:Decrypt", "kms:DescribeKey"],
      Resource: "*",
      Condition: { StringEquals: fromTrail },
    },
    {
      // A message to an encrypted topic has the topic as its encryption context, not the trail.
      Sid: "CloudTrailPublishesDeliveries",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
      Resource: "*",
      Condition: { StringEquals: fromTrail },
    },
    {
      Sid: "LogGroupsEncrypt",
      Effect: "Allow",
      Principal: { Service: `logs.${deployment.region}.amazonaws.com` },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: "*",
      Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArns } },
    },
  ];
}
