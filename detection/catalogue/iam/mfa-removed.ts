import type { Detection } from "../../definition/detection";

export const mfaRemoved: Detection = {
  id: "mfa-removed",
  title: "MFA device removed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1556.006", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html",
    "https://attack.mitre.org/techniques/T1556/006/",
  ],
  why: "The password or key alone is now enough. Intruders do this because they don't have the device.",
  runbook: {
    check: "Ask the user. The common reason is a new phone, and a new device follows at once.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=EnableMFADevice",
    contain: "Remove the user's password until there is a new device. For the root user, sign in and add one.",
    undo: {
      DeactivateMFADevice: "aws iam delete-login-profile --user-name <requestParameters.userName>",
    },
  },
  pattern: {
    source: ["aws.iam"],
    detail: {
      eventSource: ["iam.amazonaws.com"],
      // Not DeleteVirtualMFADevice: IAM refuses it until the device is deactivated, and a set-up that is given up ends with it.
      eventName: ["DeactivateMFADevice"],
      errorCode: [{ exists: false }],
    },
  },
};
