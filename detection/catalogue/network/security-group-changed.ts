import type { Detection } from "../../definition/detection";

export const securityGroupChanged: Detection = {
  id: "security-group-changed",
  title: "Security group changed",
  severity: "low",
  pack: "cis",
  tier: "digest",
  attack: { technique: "T1562.007", tactic: "Defense Evasion" },
  cis: ["4.10"],
  references: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-10",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html",
  ],
  why: "What may reach your machines has changed. What is opened to the whole internet on an administrator's port is told at once; this is everything else.",
  runbook: {
    check: "Does the change belong to a deployment or a ticket, and what does the group let in now?",
    command:
      "aws ec2 describe-security-groups --region <awsRegion> --group-ids <requestParameters.groupId|responseElements.groupId>",
    contain: "Take it back to what it was (terraform apply, where it is in code) and ask whoever changed it.",
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      eventName: [
        "AuthorizeSecurityGroupIngress",
        "AuthorizeSecurityGroupEgress",
        "RevokeSecurityGroupIngress",
        "RevokeSecurityGroupEgress",
        "CreateSecurityGroup",
        "DeleteSecurityGroup",
      ],
      errorCode: [{ exists: false }],
    },
  },
};
