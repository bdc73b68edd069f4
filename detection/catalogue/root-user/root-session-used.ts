import type { Detection } from "../../definition/detection";

export const rootSessionUsed: Detection = {
  id: "root-session-used",
  title: "Privileged root session used (AssumeRoot)",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1548", tactic: "Privilege Escalation" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-track-privileged-tasks.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html",
  ],
  why: "The management account started this session with AssumeRoot, without the root user's password or keys. It can unlock buckets and queues, or recover or delete the root user's credentials.",
  runbook: {
    check:
      "Who started the session, and was it requested? Find the AssumeRoot event in the management account (or IAM's delegated administrator account) whose responseElements.credentials.accessKeyId is <accessKeyId>.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain:
      "Undo what the session did: the bucket's or queue's policy, the root user's password, keys and MFA device. Change the root user's own credentials only if the session changed them.",
  },
  pattern: {
    source: [{ prefix: "aws." }],
    detail: {
      userIdentity: {
        type: ["Root"],
        invokedBy: [{ exists: false }],
        sessionContext: { assumedRoot: ["true", true] },
      },
      eventType: [{ "anything-but": "AwsServiceEvent" }],
    },
  },
};
