import type { Detection } from "../../definition/detection";

export const logFilesDeleted: Detection = {
  id: "log-files-deleted",
  title: "CloudTrail log files deleted from the archive",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1070", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html",
  ],
  why: "Lifecycle rules expire log files without such a record, so a caller deleted these. That hides what happened.",
  runbook: {
    check:
      "Was a version deleted (requestParameters has a versionId), or only hidden behind a delete marker? The command lists the markers. The log archive shows what else the caller deleted; event history has no data events.",
    command:
      "aws s3api list-object-versions --region <awsRegion> --bucket <requestParameters.bucketName> --prefix AWSLogs/<recipientAccountId>/ --query 'DeleteMarkers[].[LastModified,Key,VersionId]' --output text",
    contain:
      "Remove the delete marker: the versions behind it are kept for 90 days. A deleted version can't be recovered; validate-logs lists the missing log files.",
    undo: {
      DeleteObject: [
        "aws s3api delete-object --region <awsRegion> --bucket <requestParameters.bucketName> --key <requestParameters.key> --version-id <deleteMarkerVersionId>",
        "aws cloudtrail validate-logs --region <awsRegion> --trail-arn <trailArn> --start-time <time>",
      ],
      DeleteObjects: [
        "aws s3api delete-object --region <awsRegion> --bucket <requestParameters.bucketName> --key <key> --version-id <deleteMarkerVersionId>",
        "aws cloudtrail validate-logs --region <awsRegion> --trail-arn <trailArn> --start-time <time>",
      ],
    },
  },
  // Deployers too: deploying the monitor deletes no log file.
  services: "evaluated",
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
