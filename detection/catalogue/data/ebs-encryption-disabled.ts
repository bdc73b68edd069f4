import type { Detection } from "../../definition/detection";

export const ebsEncryptionDisabled: Detection = {
  id: "ebs-encryption-disabled",
  title: "Encryption of new disks switched off",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1486", tactic: "Impact" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableEbsEncryptionByDefault.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
  ],
  why: "New disks and their snapshots in this region are written in the clear from now on, and a snapshot in the clear can be shared with anybody.",
  runbook: {
    check: "Nobody needs this in daily work: ask the caller, and look for disks and snapshots made since.",
    command: "aws ec2 get-ebs-encryption-by-default --region <awsRegion>",
    contain: "Switch it on again; disks made meanwhile have to be copied.",
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
