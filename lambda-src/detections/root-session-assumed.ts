import type { Detection } from "./detection";

export const rootSessionAssumed: Detection = {
  id: "root-session-assumed",
  title: "Root session in a member account (AssumeRoot)",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1548", tactic: "Privilege Escalation" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-track-privileged-tasks.html",
  ],
  why: "The session can unlock buckets and queues, or recover or delete the root user's credentials, in any account of the organization. Few people should, and seldom.",
  runbook: {
    check:
      "Which account (targetPrincipal) and which task (taskPolicyArn), and was it asked for? See what the session did in that account.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain:
      "It ends after 15 minutes at most. Take sts:AssumeRoot from the caller, and undo what was done: the bucket's or queue's policy, the root user's password.",
  },
  pattern: {
    source: ["aws.sts"],
    // Refused tries as well. Recorded in the region of the call, as there is no global endpoint for it.
    detail: { eventSource: ["sts.amazonaws.com"], eventName: ["AssumeRoot"] },
  },
};
