import type { Detection } from "../../definition/detection";

export const rootSessionAssumed: Detection = {
  id: "root-session-assumed",
  title: "Privileged root session started (AssumeRoot)",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1548", tactic: "Privilege Escalation" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-track-privileged-tasks.html",
  ],
  why: "The session can unlock buckets and queues, or recover or delete the root user's credentials, in any account of the organization. Few people need it.",
  runbook: {
    check:
      "Was a root session in account <requestParameters.targetPrincipal> with task policy <requestParameters.taskPolicyArn.arn|requestParameters.taskPolicyArn> planned? To see what it did, run the command with that account's credentials in each relevant region.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<responseElements.credentials.accessKeyId|accessKeyId>",
    contain:
      "The session ends within 15 minutes. Undo what it did: the bucket's or queue's policy, the root password. Remove sts:AssumeRoot from callers who don't need it, or turn root sessions off (aws iam disable-organizations-root-sessions).",
  },
  pattern: {
    source: ["aws.sts"],
    // Denied calls too. Recorded in the region of the call, as there is no global endpoint for it.
    detail: { eventSource: ["sts.amazonaws.com"], eventName: ["AssumeRoot"] },
  },
};
