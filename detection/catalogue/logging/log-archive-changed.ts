import type { Detection } from "../../definition/detection";

export const logArchiveChanged: Detection = {
  id: "log-archive-changed",
  title: "Log archive bucket settings changed",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: ["4.8"],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
  ],
  why: "The bucket's policy, lifecycle, versioning and locks protect the evidence. Weaker settings can expose log files, or let them expire without a delete call.",
  runbook: {
    check: "Did a deployment do it? terraform plan shows the differences.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Restore the settings with terraform apply. Restore deleted log files from their noncurrent versions.",
  },
  services: "evaluated",
  deployers: "ignored",
  pattern: {
    source: ["aws.s3"],
    detail: {
      eventSource: ["s3.amazonaws.com"],
      eventName: [
        "DeleteBucket",
        "PutBucketPolicy",
        "DeleteBucketPolicy",
        "PutBucketLifecycle",
        "PutBucketLifecycleConfiguration",
        "DeleteBucketLifecycle",
        "PutBucketVersioning",
        "PutBucketEncryption",
        "DeleteBucketEncryption",
        "PutBucketPublicAccessBlock",
        "DeleteBucketPublicAccessBlock",
        "PutBucketAcl",
        "PutBucketOwnershipControls",
        "DeleteBucketOwnershipControls",
        "PutBucketReplication",
        "DeleteBucketReplication",
        "PutBucketObjectLockConfiguration",
        "PutObjectLockConfiguration",
        "PutBucketLogging",
      ],
      // A denied call may lack parameters; its resources name the bucket anyway.
      $or: [
        { requestParameters: { bucketName: ["{{bucket}}"] } },
        { resources: { ARN: ["arn:{{partition}}:s3:::{{bucket}}"] } },
      ],
    },
  },
};
