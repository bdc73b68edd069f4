import type { Detection } from "../../definition/detection";

export const trailStopped: Detection = {
  id: "trail-stopped",
  title: "CloudTrail stopped or deleted, or an attempt at it",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: ["4.5"],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteTrail.html",
  ],
  why: "Without the trail what follows leaves no record, and this monitor's log path sees nothing. Stopping it is an intruder's first step; a refused try says as much.",
  runbook: {
    check: "Which trail, and is it logging now? Ask the caller.",
    command: "aws cloudtrail get-trail-status --region <awsRegion> --name <requestParameters.name>",
    contain: "Start it again, or re-create it with terraform apply.",
    undo: {
      StopLogging: "aws cloudtrail start-logging --region <awsRegion> --name <requestParameters.name>",
    },
  },
  // Whoever it is: neither a service nor a deployer stops recording unseen.
  services: "judged",
  pattern: {
    source: ["aws.cloudtrail"],
    detail: {
      eventSource: ["cloudtrail.amazonaws.com"],
      eventName: ["StopLogging", "DeleteTrail"],
    },
  },
};
