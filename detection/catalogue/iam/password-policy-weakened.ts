import type { Detection } from "../../definition/detection";

export const passwordPolicyWeakened: Detection = {
  id: "password-policy-weakened",
  title: "IAM password policy weakened or deleted",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1556", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html",
  ],
  why: "Users can now choose weak passwords or reuse leaked ones. CIS requires fourteen characters and no reuse.",
  runbook: {
    check: "Was it planned? Check the current policy.",
    command: "aws iam get-account-password-policy",
    contain: "Add your other requirements to the command: it resets every setting that it omits.",
    undo: {
      "*": "aws iam update-account-password-policy --minimum-password-length 14 --password-reuse-prevention 24",
    },
  },
  pattern: {
    source: ["aws.iam"],
    detail: {
      eventSource: ["iam.amazonaws.com"],
      errorCode: [{ exists: false }],
      $or: [
        { eventName: ["DeleteAccountPasswordPolicy"] },
        // What the call leaves out goes back to its default: six characters, every reuse allowed.
        {
          eventName: ["UpdateAccountPasswordPolicy"],
          requestParameters: { minimumPasswordLength: [{ numeric: ["<", 14] }, { exists: false }] },
        },
        {
          eventName: ["UpdateAccountPasswordPolicy"],
          requestParameters: { passwordReusePrevention: [{ exists: false }] },
        },
      ],
    },
  },
};
