import type { Detection } from "../../definition/detection";

/** In the digest: each deployment that changes a managed policy does it. */
export const policyVersionSet: Detection = {
  id: "policy-version-set",
  title: "Other version of an IAM policy put in force",
  severity: "medium",
  tier: "digest",
  attack: { technique: "T1098.003", tactic: "Privilege Escalation" },
  cis: ["4.4"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html",
    "https://attack.mitre.org/techniques/T1098/003/",
  ],
  why: "Everybody who has the policy now has the rights of that version. One call, on a policy that is attached already, makes an administrator; an old version may allow what was taken back since.",
  runbook: {
    check: "Does the change belong to a deployment or a ticket? Compare the version with the one before.",
    command: "aws iam list-policy-versions --policy-arn <requestParameters.policyArn>",
    contain: "Put the former version back in force, and delete the other one.",
    undo: {
      SetDefaultPolicyVersion:
        "aws iam set-default-policy-version --policy-arn <requestParameters.policyArn> --version-id <formerVersionId>",
      CreatePolicyVersion:
        "aws iam set-default-policy-version --policy-arn <requestParameters.policyArn> --version-id <formerVersionId>",
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
