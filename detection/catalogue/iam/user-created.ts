import type { Detection } from "../../definition/detection";

export const userCreated: Detection = {
  id: "user-created",
  title: "IAM user created",
  severity: "low",
  tier: "alert",
  attack: { technique: "T1136.003", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html",
    "https://attack.mitre.org/techniques/T1136/003/",
  ],
  why: "A user exists until it is deleted, with passwords and keys that don't expire. With Identity Center, few people need one.",
  falsePositives: "Each user that a deployment creates. Suppress the deployment's role (ci-roles).",
  runbook: {
    check: "Was it planned? Check which permissions, keys and password it got.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=ResourceName,AttributeValue=<requestParameters.userName>",
    contain: "Deny the user everything, remove its password and keys, then delete it.",
    undo: {
      CreateUser: [
        "aws iam attach-user-policy --user-name <requestParameters.userName> --policy-arn arn:<partition>:iam::aws:policy/AWSDenyAll",
        "aws iam list-access-keys --user-name <requestParameters.userName>",
      ],
    },
  },
  pattern: {
    source: ["aws.iam"],
    detail: { eventSource: ["iam.amazonaws.com"], eventName: ["CreateUser"], errorCode: [{ exists: false }] },
  },
};
