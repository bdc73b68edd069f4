import type { Detection } from "../../definition/detection";

export const iamPolicyChanged: Detection = {
  id: "iam-policy-changed",
  title: "IAM policy changed",
  severity: "low",
  tier: "digest",
  attack: { technique: "T1098.003", tactic: "Privilege Escalation" },
  cis: ["4.4"],
  references: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-4",
    "https://attack.mitre.org/techniques/T1098/003/",
  ],
  why: "Permissions changed. Deployments do this all day; an intruder does it to gain or keep permissions.",
  falsePositives: "Every deployment that changes policies. The digest has one line per actor and day.",
  runbook: {
    check: "Was it a planned change? Check the current policy.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain: "Restore the policy (terraform apply if managed in code), and ask the caller.",
  },
  pattern: {
    source: ["aws.iam"],
    detail: {
      eventSource: ["iam.amazonaws.com"],
      eventName: [
        "DeleteGroupPolicy",
        "DeleteRolePolicy",
        "DeleteUserPolicy",
        "PutGroupPolicy",
        "PutRolePolicy",
        "PutUserPolicy",
        "CreatePolicy",
        "DeletePolicy",
        "CreatePolicyVersion",
        "DeletePolicyVersion",
        "AttachRolePolicy",
        "DetachRolePolicy",
        "AttachUserPolicy",
        "DetachUserPolicy",
        "AttachGroupPolicy",
        "DetachGroupPolicy",
      ],
      errorCode: [{ exists: false }],
    },
  },
};
