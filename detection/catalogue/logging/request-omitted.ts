import type { Detection } from "../../definition/detection";

export const requestOmitted: Detection = {
  id: "request-omitted",
  title: "IAM change too large for CloudTrail to record",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1562", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://permiso.io/blog/cloudtrail-logging-evasion-where-policy-size-matters",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html",
  ],
  why: "IAM ignores blanks in policies, CloudTrail does not: a policy blown up beyond 100 KB with blanks takes effect, and the record does not say what it was. No honest policy is that long.",
  runbook: {
    check:
      "Which user, role, group or policy was it? The record does not say: look at what the caller changed, and at the policies themselves.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Take the policy away again.",
  },
  pattern: {
    source: ["aws.iam"],
    detail: {
      eventSource: ["iam.amazonaws.com"],
      readOnly: [false],
      // True as people have seen it, a text as others write it.
      requestParameters: { omitted: [true, "true"] },
    },
  },
};
