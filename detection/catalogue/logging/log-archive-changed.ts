import type { Detection } from "../../definition/detection";

export const logArchiveChanged: Detection = {
  id: "log-archive-changed",
  title: "Settings of the log archive's bucket changed",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: ["4.8"],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
  ],
  why: "The bucket's policy, lifecycle, versioning and locks are what keeps the evidence. Loosened, log files can be read, expired or removed without anybody deleting one.",
  runbook: {
    check:
      "Was the monitor being deployed? Compare the bucket with the configuration: terraform plan shows what differs.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain:
      "Put the settings back with terraform apply, and restore deleted log files from their noncurrent versions.",
  },
  services: "judged",
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
      // A refused call may come without parameters; the bucket stands in its resources all the same.
      $or: [
        { requestParameters: { bucketName: ["{{bucket}}"] } },
        { resources: { ARN: ["arn:{{partition}}:s3:::{{bucket}}"] } },
      ],
    },
  },
};
