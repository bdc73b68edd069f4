import type { Detection } from "../../definition/detection";

export const trailStopped: Detection = {
  id: "trail-stopped",
  title: "CloudTrail stopped or deleted",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: ["4.5"],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteTrail.html",
  ],
  why: "Unless another trail runs, EventBridge and the log archive get no further calls, so no detection alerts. Intruders do this first. A denied call shows the same intent.",
  runbook: {
    check: "Which trail is it, and is it logging now? Ask the caller.",
    command: "aws cloudtrail get-trail-status --region <awsRegion> --name <requestParameters.name>",
    contain: "Start it again, or recreate it with terraform apply.",
    undo: {
      StopLogging: "aws cloudtrail start-logging --region <awsRegion> --name <requestParameters.name>",
    },
  },
  // Neither a service nor a deployer stops recording without an alert.
  services: "evaluated",
  pattern: {
    source: ["aws.cloudtrail"],
    detail: {
      eventSource: ["cloudtrail.amazonaws.com"],
      eventName: ["StopLogging", "DeleteTrail"],
    },
  },
};
