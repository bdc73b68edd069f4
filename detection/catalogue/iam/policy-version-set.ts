import type { Detection } from "../../definition/detection";

/** In the digest: each deployment that changes a managed policy does it. */
export const policyVersionSet: Detection = {
  id: "policy-version-set",
  title: "Default version of an IAM policy changed",
  severity: "medium",
  tier: "digest",
  attack: { technique: "T1098.003", tactic: "Privilege Escalation" },
  cis: ["4.4"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html",
    "https://attack.mitre.org/techniques/T1098/003/",
  ],
  why: "Every identity with the policy now has that version's permissions. One call can create an administrator, or bring back permissions that were removed.",
  runbook: {
    check: "Was it a planned change? Compare the version with the one before.",
    command: "aws iam list-policy-versions --policy-arn <requestParameters.policyArn>",
    contain: "Make the previous version the default, and delete the other one.",
    undo: {
      SetDefaultPolicyVersion:
        "aws iam set-default-policy-version --policy-arn <requestParameters.policyArn> --version-id <formerVersionId>",
      CreatePolicyVersion: [
        "aws iam set-default-policy-version --policy-arn <requestParameters.policyArn> --version-id <formerVersionId>",
        "aws iam delete-policy-version --policy-arn <requestParameters.policyArn> --version-id <responseElements.policyVersion.versionId>",
      ],
    },
  },
  pattern: {
    source: ["aws.iam"],
    detail: {
      eventSource: ["iam.amazonaws.com"],
      errorCode: [{ exists: false }],
      $or: [
        { eventName: ["SetDefaultPolicyVersion"] },
        { eventName: ["CreatePolicyVersion"], requestParameters: { setAsDefault: [true] } },
      ],
    },
  },
};
