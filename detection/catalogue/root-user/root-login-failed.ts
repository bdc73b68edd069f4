import type { Detection } from "../../definition/detection";

export const rootLoginFailed: Detection = {
  id: "root-login-failed",
  title: "Root user console login failed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1110", tactic: "Credential Access" },
  cis: ["4.6"],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
  ],
  why: "Someone knows the root user's email address and tries passwords or MFA codes. The owner signs in only a few times a year.",
  runbook: {
    check: "Ask the root user's owner whether they tried. Check whether a login succeeded afterwards, and from where.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=ConsoleLogin",
    contain:
      "Make sure that the root user has MFA (aws iam get-account-summary --query SummaryMap.AccountMFAEnabled) and that only its owner reads its mailbox. If in doubt, change the root password.",
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
