import type { Detection } from "../../definition/detection";

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
      "Was a root session in account <requestParameters.targetPrincipal> with task policy <requestParameters.taskPolicyArn.arn|requestParameters.taskPolicyArn> asked for? See what the session did: run the command with credentials of that account, in each region that may matter.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<responseElements.credentials.accessKeyId|accessKeyId>",
    contain:
      "The session ends after 15 minutes at most. Undo what was done in it: the bucket's or queue's policy, the root user's password. Take sts:AssumeRoot from callers who don't need it, or turn root sessions off (aws iam disable-organizations-root-sessions).",
  },
  pattern: {
    source: ["aws.sts"],
    // Refused tries as well. Recorded in the region of the call, as there is no global endpoint for it.
    detail: { eventSource: ["sts.amazonaws.com"], eventName: ["AssumeRoot"] },
  },
};
