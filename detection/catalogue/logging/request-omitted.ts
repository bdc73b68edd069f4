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
  why: "IAM ignores whitespace in policies, CloudTrail doesn't. A policy padded beyond 100 KB takes effect, but its content isn't recorded. No legitimate policy is that long.",
  runbook: {
    check:
      "Which user, role, group or policy was changed? The record doesn't say: check the caller's changes and the policies themselves.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Remove the padded policy.",
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
