import type { Detection } from "../../definition/detection";
import type { PatternCondition } from "../../pattern/pattern";

const suffix = (value: string): PatternCondition => ({ suffix: value });

/** What isn't given counts as off. */
const off: PatternCondition[] = [false, { exists: false }];
/** Everyone, or everyone with an AWS account: AllUsers, AuthenticatedUsers; in a header, with quotation marks or without. */
const everyone = ["Users", 'Users"'].map(suffix);

export const bucketMadePublic: Detection = {
  id: "bucket-made-public",
  title: "S3 bucket made public or public access block removed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1530", tactic: "Collection" },
  cis: ["4.8"],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html",
  ],
  why: "Strangers find and copy public data within hours. The public access block keeps a policy mistake from becoming a leak.",
  falsePositives:
    "Websites are public on purpose, and Terraform removes the block before it deletes a bucket. Suppress known buckets by requestParameters.bucketName.",
  runbook: {
    check: "Does the bucket serve a website, or was it being deleted?",
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
          // Effect and principal of the same statement; most policies deny something to everyone.
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
              { AccessControlPolicy: { AccessControlList: { Grant: { Grantee: { URI: everyone } } } } },
              ...["full-control", "read", "read-acp", "write", "write-acp"].map((permission) => ({
                [`x-amz-grant-${permission}`]: everyone,
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
  // Everyone, but only from another account: no pattern can express this condition.
  refine: [{ kind: "otherAccount", fields: ["requestParameters.bucketPolicy"] }],
};
