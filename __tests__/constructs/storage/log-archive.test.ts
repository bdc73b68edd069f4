import { describe, expect, test } from "@jest/globals";
import { statements, theStatement } from "../../../assertions/policy-statements";
import { reference, resources, theAttributes, theResource } from "../../../assertions/resources";
import type { Attributes } from "../../../assertions/synthesized-stack";
import { ACCOUNT, synthesizeStack, TRAIL_ARN } from "../synthesize-stack";

/** Classes whose objects are read without restoring them first. */
const READABLE_AT_ONCE = ["STANDARD_IA", "GLACIER_IR", "INTELLIGENT_TIERING"];

const stack = synthesizeStack();
const buckets = resources(stack, "aws_s3_bucket");
const bucket = theResource(stack, "aws_s3_bucket");
const bucketArn = reference(bucket, "arn");
const bucketPolicy = theResource(stack, "aws_s3_bucket_policy");

interface LifecycleRule {
  readonly status: string;
  readonly filter: readonly Attributes[];
  readonly transition: readonly { readonly days: number; readonly storage_class: string }[];
  readonly expiration: readonly { readonly days: number }[];
  readonly noncurrent_version_expiration: readonly { readonly noncurrent_days: number }[];
}

function lifecycleRules(context: Attributes = {}): readonly LifecycleRule[] {
  const { rule } = theAttributes(synthesizeStack(context), "aws_s3_bucket_lifecycle_configuration");
  return rule as readonly LifecycleRule[];
}

describe("every bucket", () => {
  test.each([
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
  ])("has one %s", (type) => {
    const configured = resources(stack, type).map(({ attributes }) => attributes.bucket);

    expect(configured).toEqual(buckets.map((each) => reference(each, "bucket")));
  });

  test("is encrypted with the archive key through a bucket key", () => {
    for (const { attributes } of resources(stack, "aws_s3_bucket_server_side_encryption_configuration")) {
      expect(attributes.rule).toEqual([
        {
          apply_server_side_encryption_by_default: {
            kms_master_key_id: reference(theResource(stack, "aws_kms_key", "ArchiveKey"), "arn"),
            sse_algorithm: "aws:kms",
          },
          bucket_key_enabled: true,
          // S3 does it unasked: a provider before 6.40 would plan to undo what is not written here.
          blocked_encryption_types: ["SSE-C"],
        },
      ]);
    }
  });

  test("is versioned", () => {
    for (const { attributes } of resources(stack, "aws_s3_bucket_versioning")) {
      expect(attributes.versioning_configuration).toEqual({ status: "Enabled" });
    }
  });

  test("is closed to the public in all four ways", () => {
    for (const { attributes } of resources(stack, "aws_s3_bucket_public_access_block")) {
      expect(attributes).toMatchObject({
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      });
    }
  });

  test("owns its objects whoever writes them", () => {
    for (const { attributes } of resources(stack, "aws_s3_bucket_ownership_controls")) {
      expect(attributes.rule).toEqual({ object_ownership: "BucketOwnerEnforced" });
    }
  });

  test("is not emptied when it is destroyed", () => {
    for (const { attributes } of buckets) expect(attributes.force_destroy).toBe(false);
  });
});

describe("the bucket's name", () => {
  test("is derived from prefix, account and region", () => {
    expect(bucket.attributes.bucket).toBe(`trailwarden-logs-${ACCOUNT}-us-east-1`);
  });

  test("is the configured one when there is one", () => {
    expect(theAttributes(synthesizeStack({ bucketName: "our-logs" }), "aws_s3_bucket").bucket).toBe("our-logs");
  });
});

describe("the lifecycle", () => {
  test("moves every log file after 90 days, keeps it 400, and lets replaced versions go", () => {
    expect(lifecycleRules()).toEqual([
      expect.objectContaining({
        status: "Enabled",
        filter: [{ prefix: "" }],
        transition: [{ days: 90, storage_class: "GLACIER_IR" }],
        expiration: [{ days: 400 }],
        noncurrent_version_expiration: [{ noncurrent_days: 90 }],
      }),
    ]);
  });

  test("takes both periods from the configuration", () => {
    expect(lifecycleRules({ archiveTransitionDays: 30, archiveRetentionDays: 2557 })).toEqual([
      expect.objectContaining({
        transition: [{ days: 30, storage_class: "GLACIER_IR" }],
        expiration: [{ days: 2557 }],
      }),
    ]);
  });

  test.each([1, 90, 179])("has no class before day 180 that must be restored: %i", (archiveTransitionDays) => {
    const transitions = lifecycleRules({ archiveTransitionDays }).flatMap(({ transition }) => transition);
    const early = transitions.filter(({ days }) => days < 180);

    expect(early.length).toBeGreaterThan(0);
    for (const { storage_class } of early) expect(READABLE_AT_ONCE).toContain(storage_class);
  });

  test("is set once the bucket is versioned", () => {
    expect(theAttributes(stack, "aws_s3_bucket_lifecycle_configuration").depends_on).toEqual([
      theResource(stack, "aws_s3_bucket_versioning").address,
    ]);
  });
});

describe("the bucket policy", () => {
  test("lets in nobody but CloudTrail, and that for this trail alone", () => {
    const allowed = statements(bucketPolicy).filter(({ effect }) => effect === "Allow");

    expect(allowed.map(({ sid }) => sid)).toEqual(["CloudTrailChecksAcl", "CloudTrailWrites"]);
    for (const { principal, condition } of allowed) {
      expect(principal).toEqual({ Service: "cloudtrail.amazonaws.com" });
      expect(condition.StringEquals).toMatchObject({ "aws:SourceArn": TRAIL_ARN });
    }
  });

  test("lets CloudTrail write log files of this account, owned by the bucket's owner", () => {
    expect(theStatement(bucketPolicy, "CloudTrailWrites")).toMatchObject({
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/AWSLogs/${ACCOUNT}/*`],
      condition: { StringEquals: { "aws:SourceArn": TRAIL_ARN, "s3:x-amz-acl": "bucket-owner-full-control" } },
    });
  });

  test("lets CloudTrail look at the bucket's ACL", () => {
    expect(theStatement(bucketPolicy, "CloudTrailChecksAcl")).toMatchObject({
      actions: ["s3:GetBucketAcl"],
      resources: [bucketArn],
    });
  });

  test("refuses everything that does not come over TLS", () => {
    expect(theStatement(bucketPolicy, "DenyInsecureTransport")).toMatchObject({
      effect: "Deny",
      principal: "*",
      actions: ["s3:*"],
      resources: [bucketArn, `${bucketArn}/*`],
      condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  test("names the trail that is configured", () => {
    const other = theResource(synthesizeStack({ trailName: "Other" }), "aws_s3_bucket_policy");

    expect(theStatement(other, "CloudTrailWrites").condition.StringEquals).toMatchObject({
      "aws:SourceArn": TRAIL_ARN.replace("MyCloudTrail", "Other"),
    });
  });
});

test("the bucket depends on its key, so that a destroy that stops at the bucket leaves the key alone", () => {
  const { attributes } = theResource(stack, "aws_s3_bucket");
  const key = theResource(stack, "aws_kms_key", "ArchiveKey");

  expect(attributes.depends_on).toEqual([key.address]);
});
