import type { Detection } from "../../definition/detection";

export const consoleLoginWithoutMfa: Detection = {
  id: "console-login-without-mfa",
  title: "IAM user console login without MFA",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1078.004", tactic: "Initial Access" },
  cis: ["4.2"],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-3",
  ],
  why: "A password alone opened the console. AWS records federated and Identity Center logins as without MFA, so they are excluded.",
  runbook: {
    check: "Ask the user, and compare the source address with earlier logins.",
    command: "aws iam list-mfa-devices --user-name <userName>",
    contain: "Remove the password until the user has an MFA device.",
  },
  pattern: {
    source: ["aws.signin"],
    "detail-type": ["AWS Console Sign In via CloudTrail", "AWS Console Signin via CloudTrail"],
    detail: {
      eventSource: ["signin.amazonaws.com"],
      eventName: ["ConsoleLogin"],
      userIdentity: { type: ["IAMUser"] },
      responseElements: { ConsoleLogin: ["Success"] },
      additionalEventData: { MFAUsed: ["No"] },
    },
  },
};
