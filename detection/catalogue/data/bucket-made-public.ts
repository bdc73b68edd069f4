import type { Detection } from "../../definition/detection";
import type { PatternCondition } from "../../pattern/pattern";

const suffix = (value: string): PatternCondition => ({ suffix: value });

/** What isn't given counts as off. */
const off: PatternCondition[] = [false, { exists: false }];
/** Everybody, or everybody with an AWS account: AllUsers, AuthenticatedUsers; in a header, with quotation marks or without. */
const everybody = ["Users", 'Users"'].map(suffix);

export const bucketMadePublic: Detection = {
  id: "bucket-made-public",
  title: "Bucket opened to everybody, or the block on that taken off",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1530", tactic: "Collection" },
  cis: ["4.8"],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html",
  ],
  why: "What is public is found and copied by strangers within hours. The block on public access is what keeps a mistake in a policy from becoming a leak.",
  noise:
    "Websites are public on purpose, and Terraform takes the block off before it deletes a bucket. Suppress known buckets by requestParameters.bucketName.",
  runbook: {
    check: "Is the bucket a website's, or was it just being deleted?",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain: "Block public access again.",
    undo: {
      DeleteAccountPublicAccessBlock:
        "aws s3control put-public-access-block --region <awsRegion> --account-id <recipientAccountId> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true",
      PutAccountPublicAccessBlock:
        "aws s3control put-public-access-block --region <awsRegion> --account-id <recipientAccountId> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true",
      "*": "aws s3api put-public-access-block --region <awsRegion> --bucket <requestParameters.bucketName> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true",
    },
  },
  pattern: {
    source: ["aws.s3"],
    detail: {
      eventSource: ["s3.amazonaws.com"],
      errorCode: [{ exists: false }],
      $or: [
        {
          eventName: ["PutBucketPolicy"],
          // Effect and principal of the same statement; most policies deny something to everybody.
          requestParameters: {
            bucketPolicy: {
              Statement: { Effect: ["Allow"], $or: [{ Principal: ["*"] }, { Principal: { AWS: ["*"] } }] },
            },
          },
        },
        {
          eventName: ["PutBucketAcl", "CreateBucket"],
          requestParameters: {
            $or: [
              { "x-amz-acl": ["public-read", "public-read-write", "authenticated-read"] },
              { AccessControlPolicy: { AccessControlList: { Grant: { Grantee: { URI: everybody } } } } },
              ...["full-control", "read", "read-acp", "write", "write-acp"].map((permission) => ({
                [`x-amz-grant-${permission}`]: everybody,
              })),
            ],
          },
        },
        { eventName: ["DeleteBucketPublicAccessBlock", "DeleteAccountPublicAccessBlock"] },
        {
          eventName: ["PutBucketPublicAccessBlock", "PutAccountPublicAccessBlock"],
          requestParameters: {
            PublicAccessBlockConfiguration: {
              $or: [
                { BlockPublicAcls: off },
                { IgnorePublicAcls: off },
                { BlockPublicPolicy: off },
                { RestrictPublicBuckets: off },
              ],
            },
          },
        },
      ],
    },
  },
  // Everybody, but only out of one's own account: a condition that no pattern can look for.
  refine: [{ kind: "otherAccount", fields: ["requestParameters.bucketPolicy"] }],
};
