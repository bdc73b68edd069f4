import type { Detection } from "../../definition/detection";

export const configChanged: Detection = {
  id: "config-changed",
  title: "AWS Config settings changed",
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
  why: "A recorder can skip resource types, and a channel can deliver elsewhere, while both seem to work.",
  runbook: {
    check: "Does the recorder still record all resource types, and who owns the channel's bucket?",
    command: "aws configservice describe-configuration-recorders --region <awsRegion>",
    contain: "Restore the settings (terraform apply if managed in code), and ask the caller.",
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
