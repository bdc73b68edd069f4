import type { Detection } from "../../definition/detection";

export const regionEnabled: Detection = {
  id: "region-enabled",
  title: "AWS Region enabled",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1535", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/accounts/latest/reference/API_EnableRegion.html",
    "https://docs.aws.amazon.com/accounts/latest/reference/monitoring-eventbridge.html",
    "https://attack.mitre.org/techniques/T1535/",
  ],
  why: "A newly enabled region has no GuardDuty, no alarms and perhaps no rules of this monitor. Cryptominers prefer such regions.",
  runbook: {
    check: "Is the region needed? Check which regions are enabled.",
    command:
      "aws account list-regions --region-opt-status-contains ENABLED ENABLING --query 'Regions[].RegionName' --output text",
    contain: "Check what runs there, then disable it again. To keep it, deploy the monitor there too.",
    undo: {
      EnableRegion: "aws account disable-region --region-name <requestParameters.RegionName>",
    },
  },
  pattern: {
    source: ["aws.account"],
    detail: {
      eventSource: ["account.amazonaws.com"],
      eventName: ["EnableRegion"],
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
    },
  },
};
