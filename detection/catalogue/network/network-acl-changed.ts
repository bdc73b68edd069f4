import type { Detection } from "../../definition/detection";

export const networkAclChanged: Detection = {
  id: "network-acl-changed",
  title: "Network ACL changed",
  severity: "low",
  pack: "cis",
  tier: "digest",
  attack: { technique: "T1562.007", tactic: "Defense Evasion" },
  cis: ["4.11"],
  references: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-11",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html",
  ],
  why: "The traffic that subnets allow has changed. Most accounts never change network ACLs.",
  runbook: {
    check: "Was it a planned change? Check the current entries.",
    command: "aws ec2 describe-network-acls --region <awsRegion>",
    contain: "Restore it (terraform apply if managed in code), and ask the caller.",
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      eventName: [
        "CreateNetworkAcl",
        "CreateNetworkAclEntry",
        "DeleteNetworkAcl",
        "DeleteNetworkAclEntry",
        "ReplaceNetworkAclEntry",
        "ReplaceNetworkAclAssociation",
      ],
      errorCode: [{ exists: false }],
    },
  },
};
