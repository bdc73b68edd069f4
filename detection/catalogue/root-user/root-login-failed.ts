import type { Detection } from "../../definition/detection";

export const rootLoginFailed: Detection = {
  id: "root-login-failed",
  title: "Root user's sign-in failed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1110", tactic: "Credential Access" },
  cis: ["4.6"],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
  ],
  why: "Somebody knows the mailbox of the root user and tries passwords or MFA codes for it. Its owner signs in a few times a year.",
  runbook: {
    check:
      "Ask the owner of the root user whether it was them; see whether a sign-in succeeded afterwards, and from where.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=ConsoleLogin",
    contain:
      "Make sure that the root user has MFA (aws iam get-account-summary --query SummaryMap.AccountMFAEnabled) and that only its owner reads its mailbox; change its password if in doubt.",
  },
  pattern: {
    source: ["aws.signin"],
    "detail-type": ["AWS Console Sign In via CloudTrail", "AWS Console Signin via CloudTrail"],
    detail: {
      eventSource: ["signin.amazonaws.com"],
      eventName: ["ConsoleLogin"],
      userIdentity: { type: ["Root"] },
      responseElements: { ConsoleLogin: ["Failure"] },
    },
  },
};
