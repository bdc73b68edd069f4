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
  /**
   * Of an organization's key that is used as it is: what its owner has to add. It may lie in another account, where it can't
   * encrypt our log groups: they have a key of their own then.
   *
   * @default - the key is this account's
   */
  readonly foreign?: readonly PolicyStatement[] | undefined;
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
  /** ARN of the key of log groups and topic. */
  readonly ownArn: string;
  /** What is encrypted with the key depends on it, so that a destroy that stops there leaves the key alone. */
  readonly dependables: readonly ITerraformDependable[];
  readonly statementsToAdd: readonly StatementsToAdd[];

  constructor(scope: Construct, id: string, { deployment, trailArn, logGroupArns, origin, foreign }: ArchiveKeyProps) {
    super(scope, id);
    const ours = ownStatements(deployment, trailArn, logGroupArns);
    const statements = origin.mode === "existing" && foreign ? ours : [...logFileStatements(trailArn), ...ours];
    this.statementsToAdd = statementsToAdd(origin, "archiveKey", ...(foreign ?? statements));
    if (origin.mode === "existing" && !foreign) {
      this.arn = origin.id;
      this.keyId = keyIdOf(origin.id);
      this.ownArn = origin.id;
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
    this.arn = origin.mode === "existing" ? origin.id : key.arn;
    this.keyId = origin.mode === "existing" ? keyIdOf(origin.id) : key.keyId;
    this.ownArn = key.arn;
    this.dependables = [key];
  }
}

function keyIdOf(arn: string): string {
  return arn.slice(arn.indexOf("/") + 1);
}

const CLOUD_TRAIL = { Service: "cloudtrail.amazonaws.com" };

/** What CloudTrail needs of the key that it encrypts log files with. */
export function logFileStatements(trailArn: string): readonly PolicyStatement[] {
  const fromTrail = { "aws:SourceArn": trailArn };
  return [
    {
      Sid: "CloudTrailEncryptsLogFiles",
      Effect: "Allow",
      Principal: CLOUD_TRAIL,
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: { StringEquals: { ...fromTrail, "kms:EncryptionContext:aws:cloudtrail:arn": trailArn } },
    },
    {
      Sid: "CloudTrailReadsKey",
      Effect: "Allow",
      Principal: CLOUD_TRAIL,
      Action: ["kms:Decrypt", "kms:DescribeKey"],
      Resource: "*",
      Condition: { StringEquals: fromTrail },
    },
  ];
}

/** What else is encrypted with the key that we make. */
function ownStatements(
  deployment: Deployment,
  trailArn: string,
  logGroupArns: readonly string[],
): readonly PolicyStatement[] {
  return [
    {
      // A message to an encrypted topic has the topic as its encryption context, not the trail.
      Sid: "CloudTrailPublishesDeliveries",
      Effect: "Allow",
      Principal: CLOUD_TRAIL,
      Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
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
