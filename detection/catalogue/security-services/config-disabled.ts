import type { Detection } from "../../definition/detection";

export const configDisabled: Detection = {
  id: "config-disabled",
  title: "AWS Config stopped or deleted",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: ["4.9"],
  references: [
    "https://docs.aws.amazon.com/config/latest/APIReference/API_StopConfigurationRecorder.html",
    "https://docs.aws.amazon.com/config/latest/APIReference/API_DeleteDeliveryChannel.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-9",
  ],
  why: "Config no longer records resource changes. Its rules and Security Hub controls keep showing the last known state.",
  runbook: {
    check: "Is the recorder on in this region, and does it deliver?",
    command: "aws configservice describe-configuration-recorder-status --region <awsRegion>",
    contain: "Start it again, or recreate it with terraform apply.",
    undo: {
      StopConfigurationRecorder:
        "aws configservice start-configuration-recorder --region <awsRegion> --configuration-recorder-name <requestParameters.configurationRecorderName>",
    },
  },
  // Even if a service turns it off, changes are no longer recorded.
  services: "evaluated",
  pattern: {
    source: ["aws.config"],
    detail: {
      eventSource: ["config.amazonaws.com"],
      eventName: ["StopConfigurationRecorder", "DeleteConfigurationRecorder", "DeleteDeliveryChannel"],
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
    },
  },
};
