import type { Detection } from "../../definition/detection";

export const keyQuarantined: Detection = {
  id: "key-quarantined",
  title: "Leaked access key quarantined by AWS",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1552", tactic: "Credential Access" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html",
    "https://repost.aws/knowledge-center/potential-account-compromise",
  ],
  why: "AWS found an access key of this user in public, for example on GitHub, and blocked the most abused actions. All other actions still work. Treat the key as stolen.",
  runbook: {
    check: "Which key leaked? AWS opened a support case that names it. What has the user done since?",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=Username,AttributeValue=<requestParameters.userName>",
    contain:
      "Deactivate the leaked key. Undo what it did in every region. Answer the support case, then detach the policy.",
    undo: {
      AttachUserPolicy: [
        "aws iam list-access-keys --user-name <requestParameters.userName>",
        "aws iam update-access-key --user-name <requestParameters.userName> --access-key-id <leakedKeyId> --status Inactive",
      ],
    },
    stopCaller: false,
  },
  // AWS attaches the policy itself.
  services: "evaluated",
  pattern: {
    source: ["aws.iam"],
    // Whether AWS attaches it, or a script of your own that imitates AWS.
    detail: {
      eventSource: ["iam.amazonaws.com"],
      eventName: ["AttachUserPolicy"],
      errorCode: [{ exists: false }],
      requestParameters: { policyArn: [{ wildcard: "arn:*:iam::aws:policy/AWSCompromisedKeyQuarantine*" }] },
    },
  },
};
