import type { Detection } from "../../definition/detection";

export const rootConsoleLogin: Detection = {
  id: "root-console-login",
  title: "Root user signed in to the console",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1078.004", tactic: "Initial Access" },
  cis: ["4.3"],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
  ],
  why: "Whoever holds this session can do anything in the account, close it included, and no policy can stop them.",
  runbook: {
    check: "Ask the owner of the root user whether it was them, and compare the source address with theirs.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=ConsoleLogin",
    contain: "Recover the root password through its mailbox, which ends open sessions; then renew its MFA device.",
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
