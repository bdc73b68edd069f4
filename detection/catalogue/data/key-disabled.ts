import type { Detection } from "../../definition/detection";

export const keyDisabled: Detection = {
  id: "key-disabled",
  title: "KMS key disabled or scheduled for deletion",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1485", tactic: "Impact" },
  cis: ["4.7"],
  references: [
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html",
    "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-7",
  ],
  why: "Without the key, the data encrypted with it can't be read. A deleted key can't be recovered; the waiting period is 7 to 30 days.",
  falsePositives: "Tearing down a test environment schedules the deletion of its keys. Suppress the role that does it.",
  runbook: {
    check: "Which key is it, and what was it last used for? Ask the caller.",
    command: "aws kms describe-key --region <awsRegion> --key-id <requestParameters.keyId>",
    contain: "Enable the key again. Import deleted key material again from your copy.",
    undo: {
      DisableKey: "aws kms enable-key --region <awsRegion> --key-id <requestParameters.keyId>",
      ScheduleKeyDeletion: [
        "aws kms cancel-key-deletion --region <awsRegion> --key-id <requestParameters.keyId>",
        "aws kms enable-key --region <awsRegion> --key-id <requestParameters.keyId>",
      ],
    },
  },
  pattern: {
    source: ["aws.kms"],
    detail: {
      eventSource: ["kms.amazonaws.com"],
      eventName: ["DisableKey", "ScheduleKeyDeletion", "DeleteImportedKeyMaterial"],
      errorCode: [{ exists: false }],
    },
  },
};
