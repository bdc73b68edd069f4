import type { Detection } from "../../definition/detection";

export const ebsEncryptionDisabled: Detection = {
  id: "ebs-encryption-disabled",
  title: "EBS default encryption disabled",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1486", tactic: "Impact" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableEbsEncryptionByDefault.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
  ],
  why: "New disks and snapshots in this region are no longer encrypted by default. An unencrypted snapshot can be shared with anyone.",
  runbook: {
    check: "Routine work doesn't need this. Ask the caller, and look for disks and snapshots created since.",
    command: "aws ec2 get-ebs-encryption-by-default --region <awsRegion>",
    contain: "Turn it on again. Copy disks created meanwhile to encrypt them.",
    undo: {
      DisableEbsEncryptionByDefault: "aws ec2 enable-ebs-encryption-by-default --region <awsRegion>",
    },
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      eventName: ["DisableEbsEncryptionByDefault"],
      errorCode: [{ exists: false }],
    },
  },
};
