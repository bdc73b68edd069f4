import type { Detection } from "./detection";

export const logFilesDeleted: Detection = {
  id: "log-files-deleted",
  title: "Log files deleted from the archive, or an attempt at it",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1070", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html",
  ],
  why: "Nobody has a reason to delete log files: the lifecycle expires them, and leaves no such record. Whoever does hides what they have done.",
  runbook: {
    check: "Was a version deleted (requestParameters has a versionId), or only hidden behind a delete marker?",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain:
      "Take the caller's permissions away, then remove the delete markers: for 90 days the versions behind them are kept. Compare with the digest files: aws cloudtrail validate-logs.",
  },
  // Told of everybody: deploying the monitor deletes no log file.
  services: "judged",
  pattern: {
    source: ["aws.s3"],
    detail: {
      eventSource: ["s3.amazonaws.com"],
      eventName: ["DeleteObject", "DeleteObjects"],
      $or: [
        { requestParameters: { bucketName: ["{{bucket}}"] } },
        { resources: { ARN: ["arn:{{partition}}:s3:::{{bucket}}"] } },
      ],
    },
  },
};
