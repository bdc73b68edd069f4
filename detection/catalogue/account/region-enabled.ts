import type { Detection } from "../../definition/detection";

export const regionEnabled: Detection = {
  id: "region-enabled",
  title: "Region enabled, or an attempt at it",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1535", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/accounts/latest/reference/API_EnableRegion.html",
    "https://docs.aws.amazon.com/accounts/latest/reference/monitoring-eventbridge.html",
    "https://attack.mitre.org/techniques/T1535/",
  ],
  why: "In a region that nobody uses nobody looks: no GuardDuty, no alarms, perhaps no rules of this monitor. Miners like such regions.",
  runbook: {
    check: "Does anybody need the region? See which ones are on.",
    command:
      "aws account list-regions --region-opt-status-contains ENABLED ENABLING --query 'Regions[].RegionName' --output text",
    contain: "See first what runs there, then turn it off again. To keep it, deploy the monitor there too.",
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
