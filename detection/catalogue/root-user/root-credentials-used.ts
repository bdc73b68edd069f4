import type { Detection } from "../../definition/detection";

export const rootCredentialsUsed: Detection = {
  id: "root-credentials-used",
  title: "Root credentials used",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1078.004", tactic: "Initial Access" },
  cis: ["4.3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-1",
  ],
  why: "No policy of the account limits the root user. A few account settings need it; any other use is a mistake or an intruder.",
  runbook: {
    check: "Ask the root user's owner whether they did it, and for which task.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=Username,AttributeValue=root",
    contain:
      "Sign in as root. Delete its access keys under Security credentials, change its password and check its MFA device.",
  },
  pattern: {
    source: [{ prefix: "aws." }],
    detail: {
      userIdentity: {
        type: ["Root"],
        invokedBy: [{ exists: false }],
        // Privileged root sessions are root-session-used's.
        sessionContext: { assumedRoot: [{ exists: false }, "false", false] },
      },
      eventType: [{ "anything-but": "AwsServiceEvent" }],
      // These need only the root user's address, not its credentials: they are root-login-failed's and
      // root-password-changed's, and would group what is really done as root behind them.
      eventName: [{ "anything-but": "PasswordRecoveryRequested" }],
      responseElements: { ConsoleLogin: [{ exists: false }, { "anything-but": "Failure" }] },
    },
  },
};
