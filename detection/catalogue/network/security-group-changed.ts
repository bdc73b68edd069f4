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
  why: "The traffic that the group allows has changed. security-group-opened alerts at once when an admin port opens to the whole internet; this covers everything else.",
  runbook: {
    check: "Was it a planned change? Check what the group allows now.",
    command:
      "aws ec2 describe-security-groups --region <awsRegion> --group-ids <requestParameters.groupId|responseElements.groupId>",
    contain: "Restore it (terraform apply if managed in code), and ask the caller.",
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
