import type { Detection } from "../../definition/detection";

export const rootPasswordChanged: Detection = {
  id: "root-password-changed",
  title: "Root user's password changed or being recovered",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Persistence" },
  cis: ["4.3"],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_change-root.html",
  ],
  why: "Whoever sets this password owns the account. A recovery that the owner did not ask for means that somebody tries, and perhaps reads the mailbox.",
  runbook: {
    check: "Ask the owner of the root user whether it was them, and whether the mailbox is theirs alone.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=Username,AttributeValue=root",
    contain:
      "Secure the mailbox first, then recover the password through it, which ends open sessions; renew the MFA device and delete access keys. If the mailbox is lost, call AWS Support.",
  },
  // That it was changed must not stand behind that it was asked for.
  fold: { by: ["eventName"] },
  pattern: {
    source: ["aws.signin"],
    "detail-type": ["AWS Console Sign In via CloudTrail", "AWS Console Signin via CloudTrail"],
    detail: {
      eventSource: ["signin.amazonaws.com"],
      userIdentity: { type: ["Root"] },
      $or: [
        { eventName: ["PasswordUpdated"], responseElements: { PasswordUpdated: ["Success"] } },
        // Whatever came of it: a recovery is done by somebody who doesn't know the password.
        { eventName: ["PasswordRecoveryRequested", "PasswordRecoveryCompleted"] },
      ],
    },
  },
};
