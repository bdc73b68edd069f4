import type { Detection } from "../../definition/detection";

export const rootAccessKeyCreated: Detection = {
  id: "root-access-key-created",
  title: "Root access key created",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1098.001", tactic: "Persistence" },
  cis: ["4.3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
  ],
  why: "The key can do everything in the account, without MFA or expiry. No policy of the account limits it, and no task needs it.",
  runbook: {
    check: "Ask the root user's owner whether they did it. Check what the new key has done since.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<responseElements.accessKey.accessKeyId>",
    contain:
      "Delete the key with the root user's own credentials (in a member account: with a root session from the management account). Then change the password and check the MFA device and the mailbox. An organization can remove root credentials for good: centralized root access.",
    undo: {
      CreateAccessKey: "aws iam delete-access-key --access-key-id <responseElements.accessKey.accessKeyId>",
    },
  },
  pattern: {
    source: ["aws.iam"],
    detail: {
      eventSource: ["iam.amazonaws.com"],
      eventName: ["CreateAccessKey"],
      errorCode: [{ exists: false }],
      userIdentity: { type: ["Root"] },
      // With a user's name it is a key for that user; without one, requestParameters is null.
      requestParameters: { userName: [{ exists: false }] },
    },
  },
};
