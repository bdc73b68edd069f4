import type { Detection } from "../../definition/detection";

export const keyQuarantined: Detection = {
  id: "key-quarantined",
  title: "AWS has put a leaked key in quarantine",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1552", tactic: "Credential Access" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html",
    "https://repost.aws/knowledge-center/potential-account-compromise",
  ],
  why: "AWS has found an access key of this user in public, on GitHub for instance, and blocks what thieves use most. All else still works, and others have found the key as well.",
  runbook: {
    check:
      "Which of the user's keys leaked (AWS has opened a support case that names it), and what has the user done since?",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=Username,AttributeValue=<requestParameters.userName>",
    contain:
      "Make the leaked key inactive, undo what it did in every region, answer the support case, and only then detach the policy.",
    undo: {
      AttachUserPolicy: [
        "aws iam list-access-keys --user-name <requestParameters.userName>",
        "aws iam update-access-key --user-name <requestParameters.userName> --access-key-id <leakedKeyId> --status Inactive",
      ],
    },
    stopCaller: false,
  },
  // AWS attaches the policy itself.
  services: "judged",
  pattern: {
    source: ["aws.iam"],
    // Whoever attaches it: AWS does, or a script of one's own that has learnt it from AWS.
    detail: {
      eventSource: ["iam.amazonaws.com"],
      eventName: ["AttachUserPolicy"],
      errorCode: [{ exists: false }],
      requestParameters: { policyArn: [{ wildcard: "arn:*:iam::aws:policy/AWSCompromisedKeyQuarantine*" }] },
    },
  },
};
