import type { Detection } from "../../definition/detection";

export const trailConfigured: Detection = {
  id: "trail-configured",
  title: "CloudTrail trail created or started",
  severity: "low",
  // With trail-changed and trail-stopped, all that the benchmark lists; these two only add records.
  pack: "cis",
  tier: "digest",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: ["4.5"],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-5",
  ],
  why: "A new trail copies your records to a bucket that may not be yours, and it costs money. A trail that was started had been stopped before.",
  runbook: {
    check: "Whose bucket does the trail write to? If it was started, who stopped it?",
    command:
      "aws cloudtrail describe-trails --region <awsRegion> --query 'trailList[].[Name,HomeRegion,S3BucketName]' --output table",
    contain: "Delete a trail that isn't yours.",
    undo: {
      CreateTrail: "aws cloudtrail delete-trail --region <awsRegion> --name <requestParameters.name>",
    },
  },
  pattern: {
    source: ["aws.cloudtrail"],
    detail: {
      eventSource: ["cloudtrail.amazonaws.com"],
      eventName: ["CreateTrail", "StartLogging"],
      errorCode: [{ exists: false }],
    },
  },
};
