import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Testing } from "cdktf";
import { statements, theStatement } from "../../assertions/policy-statements";
import { reference, resources, theAttributes, theResource } from "../../assertions/resources";
import type { Attributes, SynthesizedStack } from "../../assertions/synthesized-stack";
import { ConfigurationError } from "../../config/errors";
import { loadConfig } from "../../config/load";
import { StateBucketStack, stateBucketProps } from "../../constructs/state-bucket-stack";
import { ACCOUNT, PARTITION } from "./synthesize-stack";

const CONTEXT = { stateBucket: "our-state", stateRegion: "eu-west-1" };

function configure(context: Attributes) {
  return loadConfig({
    environment: { CDKTF_CONTEXT_JSON: JSON.stringify(context) },
    file: "not read",
    detectionIds: [],
  }).config;
}

function synthesize(context: Attributes = {}): SynthesizedStack {
  const outdir = mkdtempSync(join(tmpdir(), "trailwarden-state-"));
  try {
    const props = stateBucketProps(configure({ ...CONTEXT, ...context }));
    const stack = new StateBucketStack(Testing.app({ outdir }), "trailwarden-state", props);
    return JSON.parse(Testing.synth(stack, true)) as SynthesizedStack;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const stack = synthesize();
const bucket = theResource(stack, "aws_s3_bucket");
const bucketArn = reference(bucket, "arn");
const key = theResource(stack, "aws_kms_key");
const policy = theResource(stack, "aws_s3_bucket_policy");

test("has these addresses, and no others: changing one would replace a user's state bucket", () => {
  expect(
    resources(stack)
      .map(({ address }) => address)
      .sort(),
  ).toEqual([
    "aws_kms_alias.StateKeyAlias",
    "aws_kms_key.StateKey",
    "aws_s3_bucket.StateBucket_3A0A90D0",
    "aws_s3_bucket_lifecycle_configuration.StateBucket_Lifecycle_84A53E39",
    "aws_s3_bucket_ownership_controls.StateBucket_Ownership_DE518693",
    "aws_s3_bucket_policy.StateBucket_Policy_AE4F6A9E",
    "aws_s3_bucket_public_access_block.StateBucket_PublicAccessBlock_6DFB41B0",
    "aws_s3_bucket_server_side_encryption_configuration.StateBucket_Encryption_CC69B780",
    "aws_s3_bucket_versioning.StateBucket_Versioning_8A5D7B89",
  ]);
});

describe("the configuration", () => {
  test("names bucket and region", () => {
    expect(bucket.attributes.bucket).toBe("our-state");
    expect(stack.provider.aws).toMatchObject([{ region: "eu-west-1" }]);
  });

  test("is refused when it names no bucket, on one line that says how to mend it", () => {
    const config = configure({});

    expect(() => stateBucketProps(config)).toThrow(ConfigurationError);
    expect(() => stateBucketProps(config)).toThrow(
      /^stateBucket and stateRegion are missing: .*cdktf\.json.*TRAILWARDEN_STATE_BUCKET and TRAILWARDEN_STATE_REGION$/,
    );
  });

  test("puts its tags on everything", () => {
    expect(synthesize({ tags: { team: "platform" } }).provider.aws).toMatchObject([
      { default_tags: [{ tags: { team: "platform" } }] },
    ]);
  });
});

test("its own state is a file in the project's folder, whose path does not say where that is", () => {
  expect(stack.terraform.backend).toEqual({ local: { path: "../../../terraform.trailwarden-state.tfstate" } });
});

test("there is no lock table: S3 locks with a file beside the state", () => {
  expect(Object.keys(stack.resource)).not.toContain("aws_dynamodb_table");
});

describe("the key", () => {
  test("rotates, and can't be destroyed by Terraform", () => {
    expect(key.attributes).toMatchObject({ enable_key_rotation: true, lifecycle: { prevent_destroy: true } });
  });

  test("is administered by the account, and lets in nobody else", () => {
    expect(statements(key)).toMatchObject([
      {
        sid: "AccountAdministersKey",
        effect: "Allow",
        principal: { AWS: `arn:${PARTITION}:iam::${ACCOUNT}:root` },
        actions: ["kms:*"],
      },
    ]);
  });

  test("has an alias that begins with the prefix", () => {
    expect(theAttributes(synthesize({ namePrefix: "guard" }), "aws_kms_alias")).toMatchObject({
      name: "alias/guard-state",
      target_key_id: reference(key, "key_id"),
    });
  });
});

describe("the bucket", () => {
  test("can't be destroyed or emptied by Terraform", () => {
    expect(bucket.attributes).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
  });

  test.each([
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
  ])("has one %s", (type) => {
    expect(theAttributes(stack, type).bucket).toBe(reference(bucket, "bucket"));
  });

  test("is encrypted with the key through a bucket key", () => {
    expect(theAttributes(stack, "aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
      {
        apply_server_side_encryption_by_default: {
          kms_master_key_id: reference(key, "arn"),
          sse_algorithm: "aws:kms",
        },
        bucket_key_enabled: true,
        blocked_encryption_types: ["SSE-C"],
      },
    ]);
  });

  test("is versioned", () => {
    expect(theAttributes(stack, "aws_s3_bucket_versioning").versioning_configuration).toEqual({ status: "Enabled" });
  });

  test("is closed to the public in all four ways", () => {
    expect(theAttributes(stack, "aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  test("owns its objects whoever writes them", () => {
    expect(theAttributes(stack, "aws_s3_bucket_ownership_controls").rule).toEqual({
      object_ownership: "BucketOwnerEnforced",
    });
  });

  test("keeps replaced states a year, the newest fifty for longer, and never lets a current one go", () => {
    const { rule } = theAttributes(stack, "aws_s3_bucket_lifecycle_configuration") as { rule: readonly Attributes[] };

    expect(rule).toMatchObject([
      {
        status: "Enabled",
        filter: [{ prefix: "" }],
        noncurrent_version_expiration: [{ noncurrent_days: 365, newer_noncurrent_versions: 50 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
    expect(rule[0]).not.toHaveProperty("expiration");
    expect(rule[0]).not.toHaveProperty("transition");
  });
});

describe("the bucket policy", () => {
  test("allows nothing: IAM says who may", () => {
    expect(statements(policy).map(({ effect }) => effect)).toEqual(["Deny", "Deny"]);
  });

  test("refuses everything that does not come over TLS", () => {
    expect(theStatement(policy, "DenyInsecureTransport")).toMatchObject({
      principal: "*",
      actions: ["s3:*"],
      resources: [bucketArn, `${bucketArn}/*`],
      condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  test("refuses uploads that ask for other encryption, not those that leave it to the bucket", () => {
    expect(theStatement(policy, "DenyOtherEncryption")).toMatchObject({
      principal: "*",
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/*`],
      condition: {
        StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
        Null: { "s3:x-amz-server-side-encryption": "false" },
      },
    });
  });
});

test("tells bucket, region and key, as the configuration wants them", () => {
  const values = Object.entries(stack.output).map(([name, { value }]) => [name, value]);

  expect(Object.fromEntries(values)).toEqual({
    state_bucket: reference(bucket, "bucket"),
    state_region: "eu-west-1",
    state_kms_key_arn: reference(key, "arn"),
  });
});
