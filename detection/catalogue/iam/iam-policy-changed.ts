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
  why: "Who may do what has changed. Deployments do that all day; a change that no deployment made is how an intruder gains rights or keeps them.",
  noise: "Deployments change policies all day: that is why it comes as one line per actor a day.",
  runbook: {
    check: "Does the change belong to a deployment or a ticket? Look at the policy as it is now.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain: "Take the policy back to what it was (terraform apply, where it is in code) and ask whoever changed it.",
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
