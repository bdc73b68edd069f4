import type { Detection } from "../../definition/detection";

export const adminPolicyAttached: Detection = {
  id: "admin-policy-attached",
  title: "Administrator policy attached",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1098.003", tactic: "Privilege Escalation" },
  cis: ["4.4"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html",
    "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html",
    "https://attack.mitre.org/techniques/T1098/003/",
  ],
  why: "AdministratorAccess allows everything. IAMFullAccess lets an identity grant itself everything. PowerUserAccess allows nearly everything but IAM. Intruders attach one early.",
  falsePositives:
    "Account setup pipelines attach such policies to the roles they create. Suppress the pipeline's role, in that account only.",
  runbook: {
    check: "Who got the policy, and was it planned? Check what the identity has done since.",
    command: "aws iam list-entities-for-policy --policy-arn <requestParameters.policyArn>",
    contain: "Detach it. Then investigate the caller.",
    undo: {
      AttachUserPolicy:
        "aws iam detach-user-policy --user-name <requestParameters.userName> --policy-arn <requestParameters.policyArn>",
      AttachRolePolicy:
        "aws iam detach-role-policy --role-name <requestParameters.roleName> --policy-arn <requestParameters.policyArn>",
      AttachGroupPolicy:
        "aws iam detach-group-policy --group-name <requestParameters.groupName> --policy-arn <requestParameters.policyArn>",
    },
  },
  // Each who gets them is news, even if a deployment by the same caller came first.
  group: { by: ["requestParameters.userName", "requestParameters.roleName", "requestParameters.groupName"] },
  pattern: {
    source: ["aws.iam"],
    detail: {
      eventSource: ["iam.amazonaws.com"],
      eventName: ["AttachUserPolicy", "AttachRolePolicy", "AttachGroupPolicy"],
      errorCode: [{ exists: false }],
      // Identity Center copies its permission sets into every account.
      userIdentity: { invokedBy: [{ exists: false }, { "anything-but": "sso.amazonaws.com" }] },
      // A policy of one's own with such a name counts as well.
      requestParameters: {
        policyArn: [{ suffix: "/AdministratorAccess" }, { suffix: "/IAMFullAccess" }, { suffix: "/PowerUserAccess" }],
      },
    },
  },
};
