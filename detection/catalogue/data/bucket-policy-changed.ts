import type { Detection } from "../../definition/detection";

export const bucketPolicyChanged: Detection = {
  id: "bucket-policy-changed",
  title: "S3 bucket's policy or rules changed",
  severity: "low",
  pack: "cis",
  tier: "digest",
  attack: { technique: "T1530", tactic: "Collection" },
  cis: ["4.8"],
  references: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-8",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html",
  ],
  why: "Who may read a bucket, where its objects are copied to and when they expire has changed. A change that no deployment made is worth a question.",
  runbook: {
    check: "Does the change belong to a deployment or a ticket? Look at the bucket as it is now.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain: "Take the bucket back to what it was (terraform apply, where it is in code) and ask whoever changed it.",
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
