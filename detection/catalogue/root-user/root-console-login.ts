import type { Detection } from "../../definition/detection";

export const rootConsoleLogin: Detection = {
  id: "root-console-login",
  title: "Root user console login",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1078.004", tactic: "Initial Access" },
  cis: ["4.3"],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
  ],
  why: "This session can do anything in the account, even close it. No policy of the account limits it.",
  runbook: {
    check: "Ask the root user's owner whether they signed in. Compare the source address with theirs.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=ConsoleLogin",
    contain: "Reset the root password by email, which ends open sessions. Then replace the MFA device.",
  },
  pattern: {
    source: ["aws.signin"],
    "detail-type": ["AWS Console Sign In via CloudTrail", "AWS Console Signin via CloudTrail"],
    detail: {
      eventSource: ["signin.amazonaws.com"],
      eventName: ["ConsoleLogin"],
      userIdentity: { type: ["Root"] },
      responseElements: { ConsoleLogin: ["Success"] },
    },
  },
};
