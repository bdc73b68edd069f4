import type { Detection } from "../../definition/detection";

export const rootPasswordChanged: Detection = {
  id: "root-password-changed",
  title: "Root password changed or recovery requested",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Persistence" },
  cis: ["4.3"],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_change-root.html",
  ],
  why: "This password controls the whole account. A recovery that the owner didn't request is a takeover attempt, and the attacker may read the mailbox.",
  runbook: {
    check: "Ask the root user's owner whether they did it. Who else can read the mailbox?",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=Username,AttributeValue=root",
    contain:
      "Secure the mailbox first. Then reset the password through it, which ends open sessions. Replace the MFA device and delete access keys. If the mailbox is lost, call AWS Support.",
  },
  // That it was changed must not stand behind that it was asked for.
  group: { by: ["eventName"] },
  pattern: {
    source: ["aws.signin"],
    "detail-type": ["AWS Console Sign In via CloudTrail", "AWS Console Signin via CloudTrail"],
    detail: {
      eventSource: ["signin.amazonaws.com"],
      userIdentity: { type: ["Root"] },
      $or: [
        { eventName: ["PasswordUpdated"], responseElements: { PasswordUpdated: ["Success"] } },
        // Any outcome: a recovery is started without the password.
        { eventName: ["PasswordRecoveryRequested", "PasswordRecoveryCompleted"] },
      ],
    },
  },
};
