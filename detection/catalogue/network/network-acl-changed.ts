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
  why: "What subnets let in and out has changed. Most accounts never touch network ACLs, so a change stands out.",
  runbook: {
    check: "Does the change belong to a deployment or a ticket, and what do the entries say now?",
    command: "aws ec2 describe-network-acls --region <awsRegion>",
    contain: "Take it back to what it was (terraform apply, where it is in code) and ask whoever changed it.",
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
