import type { Detection } from "../../definition/detection";

export const configChanged: Detection = {
  id: "config-changed",
  title: "What AWS Config records or where to was changed",
  severity: "low",
  // What the benchmark lists besides config-disabled.
  pack: "cis",
  tier: "digest",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: ["4.9"],
  references: [
    "https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-9",
  ],
  why: "A recorder can be told to leave out kinds of resources, and a channel to deliver somewhere else, while both seem to work.",
  runbook: {
    check: "Does the recorder still record all kinds of resources, and whose is the bucket of the channel?",
    command: "aws configservice describe-configuration-recorders --region <awsRegion>",
    contain: "Take it back to what it was (terraform apply, where it is in code) and ask whoever changed it.",
  },
  pattern: {
    source: ["aws.config"],
    detail: {
      eventSource: ["config.amazonaws.com"],
      eventName: ["PutConfigurationRecorder", "PutDeliveryChannel"],
      errorCode: [{ exists: false }],
    },
  },
};
