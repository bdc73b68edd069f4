import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { adopt, adoptPart, mergedPolicy, type Origin } from "../deployment/origin";
import { denyInsecureTransport, type PolicyStatement } from "../deployment/policy-document";

/**
 * What S3 refuses for buckets made since April 2026 without being asked. It is written out, because a provider before 6.40
 * would else plan to take it back, again and again.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html
 */
const BLOCKED_ENCRYPTION = ["SSE-C"];

export interface SecureBucketProps {
  readonly bucketName: string;
  /** ARN of the key that objects are encrypted with. */
  readonly keyArn: string;
  /** The one lifecycle rule, over every object: what goes when. */
  readonly lifecycle: Omit<S3BucketLifecycleConfigurationRule, "status" | "filter" | "abortIncompleteMultipartUpload">;
  /**
   * Statements of the bucket policy, before the one that refuses what does not come over TLS.
   *
   * @param arn the bucket's ARN
   */
  readonly statements: (arn: string) => readonly PolicyStatement[];
  /** @default false: Terraform may destroy the bucket once it is empty */
  readonly preventDestroy?: boolean;
  /** @default - the bucket is created */
  readonly origin?: Exclude<Origin, { readonly mode: "existing" }>;
  /** What a destroy leaves alone for as long as the bucket is there. */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A bucket with its own key, versioned, closed to the public, owner of its objects, spoken to over TLS alone. */
export class SecureBucket extends Construct {
  readonly bucketName: string;
  readonly arn: string;
  /** What must exist before somebody writes here. */
  readonly writable: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: SecureBucketProps) {
    super(scope, id);
    const { origin = { mode: "create" }, dependsOn = [] } = props;
    const resource = new S3Bucket(this, "Bucket", {
      bucket: props.bucketName,
      forceDestroy: false,
      ...(props.preventDestroy && { lifecycle: { preventDestroy: true } }),
      ...(dependsOn.length > 0 && { dependsOn: [...dependsOn] }),
    });
    adopt(origin, resource);
    this.bucketName = resource.bucket;
    this.arn = resource.arn;
    const { bucket } = resource;

    const ownership = new S3BucketOwnershipControls(this, "Ownership", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const publicAccess = new S3BucketPublicAccessBlock(this, "PublicAccessBlock", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const versioning = new S3BucketVersioningA(this, "Versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: props.keyArn },
          bucketKeyEnabled: true,
          blockedEncryptionTypes: BLOCKED_ENCRYPTION,
        },
      ],
    });
    const lifecycle = new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket,
      rule: [
        {
          ...props.lifecycle,
          status: "Enabled",
          filter: [{ prefix: "" }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [versioning],
    });
    const policy = new S3BucketPolicy(this, "Policy", {
      bucket,
      policy: mergedPolicy(
        origin,
        "bucket",
        ...props.statements(resource.arn),
        denyInsecureTransport("s3:*", [resource.arn, `${resource.arn}/*`]),
      ),
      dependsOn: [publicAccess, ownership],
    });
    const parts = { ownership, publicAccessBlock: publicAccess, versioning, encryption, lifecycle, policy };
    for (const [name, part] of Object.entries(parts)) adoptPart(origin, name, part);
    this.writable = [policy, encryption];
  }
}
