import type { Detection } from "../../definition/detection";

export const consoleLoginFailures: Detection = {
  id: "console-login-failures",
  title: "Multiple console login failures",
  severity: "low",
  tier: "alert",
  attack: { technique: "T1110", tactic: "Credential Access" },
  cis: ["4.6"],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-6",
  ],
  why: "Someone is guessing passwords or user names. IAM never locks users out, so guessing continues until you stop it.",
  runbook: {
    check:
      "Which users and addresses were involved, and did a login succeed afterwards? A name that doesn't exist is recorded as HIDDEN_DUE_TO_SECURITY_REASONS.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=ConsoleLogin",
    contain:
      "Require MFA for every user with a password. Remove the passwords of users who don't need one (aws iam delete-login-profile --user-name <userName>).",
  },
  // Per account: address and user name are whatever the guesser chooses, and unknown names all read the same. Who forgot a
  // password gives up after three to five tries.
  count: { threshold: 10, minutes: 60, by: ["recipientAccountId"] },
  pattern: {
    source: ["aws.signin"],
    "detail-type": ["AWS Console Sign In via CloudTrail", "AWS Console Signin via CloudTrail"],
    detail: {
      eventSource: ["signin.amazonaws.com"],
      eventName: ["ConsoleLogin"],
      // Whatever the reason (a policy refuses too), and whether or not there is a message.
      $or: [
        { responseElements: { ConsoleLogin: ["Failure"] } },
        { errorMessage: ["Failed authentication", "No username found in supplied account"] },
      ],
    },
  },
};
