import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Contradiction, Origins } from "../config/contradiction";
import { ConfigurationError } from "../config/errors";
import type { Config } from "../config/schema";
import { Deployment } from "./deployment/deployment";
import { accountAdministersKey, type PolicyStatement, policyDocument } from "./deployment/policy-document";
import { addAwsProvider } from "./stack/aws-provider";
import { SecureBucket } from "./storage/secure-bucket";

/** Days that a replaced state is kept, and how many of the newest are kept for longer than that. */
const NONCURRENT_DAYS = 365;
const NEWEST_KEPT = 50;

export interface StateBucketStackProps {
  readonly bucketName: string;
  readonly region: string;
  /** Starts the name of the key's alias. */
  readonly namePrefix: string;
  /** Put on every resource. */
  readonly tags: Readonly<Record<string, string>>;
}

const MISSING =
  'stateBucket and stateRegion are missing: they say which bucket to create and where; set both in cdktf.json\'s context, for example {"stateBucket": "example-terraform-state", "stateRegion": "us-east-1"}, or TRAILWARDEN_STATE_BUCKET and TRAILWARDEN_STATE_REGION';

/** That the configuration says nothing of the state's bucket; where it says half of it, that is reported already. */
export function stateBucketMissing({ isGiven }: Origins): readonly Contradiction[] {
  const given = ["stateBucket", "stateRegion", "stateKey", "stateKmsKeyArn"].some(isGiven);
  return given ? [] : [{ keys: [], problem: MISSING }];
}

/**
 * What the configuration says of the state's bucket.
 *
 * @throws ConfigurationError when it names none
 */
export function stateBucketProps({ stateBucket, stateRegion, namePrefix, tags }: Config): StateBucketStackProps {
  if (stateBucket === undefined || stateRegion === undefined) {
    throw new ConfigurationError([MISSING]);
  }
  return { bucketName: stateBucket, region: stateRegion, namePrefix, tags };
}

/**
 * The bucket that Terraform's states are kept in, with its key. A stack and an app of its own: it must exist before the
 * first remote state, and outlives them all. S3 itself locks the state (`use_lockfile`), so there is no table.
 *
 * Source: https://developer.hashicorp.com/terraform/language/backend/s3
 */
export class StateBucketStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: StateBucketStackProps) {
    super(scope, id);
    // The bucket can't hold the state that creates it. Relative to the stack's folder: CDKTF's own default is absolute.
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    addAwsProvider(this, props);
    const { accountId } = new DataAwsCallerIdentity(this, "Account");
    const { partition } = new DataAwsPartition(this, "Partition");
    const deployment = new Deployment(partition, accountId, props.region, props.namePrefix);

    const key = new KmsKey(this, "StateKey", {
      description: `${deployment.namePrefix}: Terraform state`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyDocument(accountAdministersKey(partition, accountId)),
      lifecycle: { preventDestroy: true },
    });
    new KmsAlias(this, "StateKeyAlias", { name: `alias/${deployment.name("state")}`, targetKeyId: key.keyId });
    const bucket = new SecureBucket(this, "StateBucket", {
      bucketName: props.bucketName,
      keyArn: key.arn,
      lifecycle: {
        id: "keep-replaced-states",
        noncurrentVersionExpiration: [{ noncurrentDays: NONCURRENT_DAYS, newerNoncurrentVersions: NEWEST_KEPT }],
      },
      statements: (arn) => [denyOtherEncryption(arn)],
      preventDestroy: true,
    });

    const outputs: Record<string, readonly [description: string, value: string]> = {
      state_bucket: ["Bucket of Terraform's states: stateBucket in the configuration", bucket.bucketName],
      state_region: ["Its region: stateRegion in the configuration", props.region],
      state_kms_key_arn: ["Key that encrypts them: stateKmsKeyArn in the configuration", key.arn],
    };
    for (const [name, [description, value]] of Object.entries(outputs)) {
      new TerraformOutput(this, name, { description, value });
    }
  }
}

/**
 * Refuses uploads that ask for other encryption than KMS's; those that ask for none get the bucket's. Terraform asks for
 * AES256 when its backend says `encrypt` without a key, and S3 would obey without a word.
 */
function denyOtherEncryption(bucketArn: string): PolicyStatement {
  return {
    Sid: "DenyOtherEncryption",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${bucketArn}/*`,
    Condition: {
      StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
      Null: { "s3:x-amz-server-side-encryption": "false" },
    },
  };
}
