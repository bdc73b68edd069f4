import type { Detection } from "../../definition/detection";

export const configDisabled: Detection = {
  id: "config-disabled",
  title: "AWS Config stopped or deleted, or an attempt at it",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: ["4.9"],
  references: [
    "https://docs.aws.amazon.com/config/latest/APIReference/API_StopConfigurationRecorder.html",
    "https://docs.aws.amazon.com/config/latest/APIReference/API_DeleteDeliveryChannel.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-9",
  ],
  why: "Config no longer records what resources look like: its rules and Security Hub's controls go on showing the last state, however it changes.",
  runbook: {
    check: "Is the recorder on in this region, and does it deliver?",
    command: "aws configservice describe-configuration-recorder-status --region <awsRegion>",
    contain: "Start it again, or re-create it with terraform apply.",
    undo: {
      StopConfigurationRecorder:
        "aws configservice start-configuration-recorder --region <awsRegion> --configuration-recorder-name <requestParameters.configurationRecorderName>",
    },
  },
  // Whoever turns it off, a service included, leaves changes unrecorded.
  services: "judged",
  pattern: {
    source: ["aws.config"],
    detail: {
      eventSource: ["config.amazonaws.com"],
      eventName: ["StopConfigurationRecorder", "DeleteConfigurationRecorder", "DeleteDeliveryChannel"],
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
    },
  },
};
