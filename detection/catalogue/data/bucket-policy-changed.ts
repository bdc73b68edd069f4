import type { Detection } from "../../definition/detection";

export const bucketPolicyChanged: Detection = {
  id: "bucket-policy-changed",
  title: "S3 bucket policy or configuration changed",
  severity: "low",
  pack: "cis",
  tier: "digest",
  attack: { technique: "T1530", tactic: "Collection" },
  cis: ["4.8"],
  references: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-8",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html",
  ],
  why: "These settings decide who can read a bucket, where its objects are copied and when they expire. Question a change that no deployment made.",
  runbook: {
    check: "Was it a planned change? Check the bucket's current settings.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain: "Restore the bucket's settings (terraform apply if managed in code), and ask the caller.",
  },
  pattern: {
    source: ["aws.s3"],
    detail: {
      eventSource: ["s3.amazonaws.com"],
      eventName: [
        "PutBucketAcl",
        "PutBucketPolicy",
        "PutBucketCors",
        "PutBucketLifecycle",
        "PutBucketReplication",
        "DeleteBucketPolicy",
        "DeleteBucketCors",
        "DeleteBucketLifecycle",
        "DeleteBucketReplication",
      ],
      errorCode: [{ exists: false }],
    },
  },
};
