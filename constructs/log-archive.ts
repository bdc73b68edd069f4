import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Deployment } from "./deployment";
import { adopt, adoptPart, mergedPolicy, type Origin, type StatementsToAdd, statementsToAdd } from "./origin";
import { denyInsecureTransport, type PolicyStatement } from "./policy-document";

/** Days that a replaced or deleted version is kept: long enough to undo a deletion that was noticed late. */
const NONCURRENT_DAYS = 90;

export interface LogArchiveProps {
  readonly deployment: Deployment;
  readonly bucketName: string;
  /** ARN of the key that log files are encrypted with. */
  readonly keyArn: string;
  /** The key: the bucket depends on it, so that a destroy that stops at a bucket with log files leaves their key alone. */
  readonly key: readonly ITerraformDependable[];
  readonly origin: Origin;
  /** ARN of the one trail that may write. */
  readonly trailArn: string;
  /** Days after which log files move to GLACIER_IR, which is cheaper and still readable at once. */
  readonly transitionDays: number;
  /** Days that log files are kept. */
  readonly retentionDays: number;
}

/**
 * The bucket that keeps CloudTrail's log files: encrypted, versioned, closed to the public, written by one trail.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export class LogArchive extends Construct {
  readonly bucketName: string;
  readonly arn: string;
  /** What must exist before CloudTrail is told to write here. */
  readonly writable: readonly ITerraformDependable[];
  readonly statementsToAdd: readonly StatementsToAdd[];

  constructor(scope: Construct, id: string, props: LogArchiveProps) {
    super(scope, id);
    const { deployment, trailArn, origin } = props;
    const arn = `arn:${deployment.partition}:s3:::${props.bucketName}`;
    if (origin.mode === "existing") {
      this.bucketName = props.bucketName;
      this.arn = arn;
      this.writable = [];
      this.statementsToAdd = statementsToAdd(origin, "bucket", ...statements(deployment, arn, trailArn));
      return;
    }
    this.statementsToAdd = [];
    const bucket = new S3Bucket(this, "Bucket", {
      bucket: props.bucketName,
      forceDestroy: false,
      ...(props.key.length > 0 && { dependsOn: [...props.key] }),
    });
    adopt(origin, bucket);
    this.bucketName = bucket.bucket;
    this.arn = bucket.arn;

    const ownership = new S3BucketOwnershipControls(this, "Ownership", {
      bucket: bucket.bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const publicAccess = new S3BucketPublicAccessBlock(this, "PublicAccessBlock", {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const versioning = new S3BucketVersioningA(this, "Versioning", {
      bucket: bucket.bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket: bucket.bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: props.keyArn },
          bucketKeyEnabled: true,
        },
      ],
    });
    const lifecycle = new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket: bucket.bucket,
      rule: [
        {
          id: "keep-log-files",
          status: "Enabled",
          filter: [{ prefix: "" }],
          transition: [{ days: props.transitionDays, storageClass: "GLACIER_IR" }],
          expiration: [{ days: props.retentionDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: NONCURRENT_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [versioning],
    });

    const policy = new S3BucketPolicy(this, "Policy", {
      bucket: bucket.bucket,
      policy: mergedPolicy(origin, "bucket", ...statements(deployment, bucket.arn, trailArn)),
      dependsOn: [publicAccess, ownership],
    });
    adoptPart(origin, "ownership", ownership);
    adoptPart(origin, "publicAccessBlock", publicAccess);
    adoptPart(origin, "versioning", versioning);
    adoptPart(origin, "encryption", encryption);
    adoptPart(origin, "lifecycle", lifecycle);
    adoptPart(origin, "policy", policy);
    this.writable = [policy, encryption];
  }
}

function statements(deployment: Deployment, arn: string, trailArn: string): readonly PolicyStatement[] {
  const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
  return [
    {
      Sid: "CloudTrailChecksAcl",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "s3:GetBucketAcl",
      Resource: arn,
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
    {
      Sid: "CloudTrailWrites",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "s3:PutObject",
      Resource: `${arn}/AWSLogs/${deployment.account}/*`,
      Condition: { StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
    denyInsecureTransport("s3:*", [arn, `${arn}/*`]),
  ];
}
