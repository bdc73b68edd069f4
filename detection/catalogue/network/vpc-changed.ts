import type { Detection } from "../../definition/detection";

export const vpcChanged: Detection = {
  id: "vpc-changed",
  title: "VPC or its peering changed",
  severity: "low",
  pack: "cis",
  tier: "digest",
  attack: { technique: "T1562.007", tactic: "Defense Evasion" },
  cis: ["4.14"],
  references: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-14",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcPeeringConnection.html",
  ],
  why: "A network has come or gone, or has been joined with another, which may be in an account that is not yours.",
  runbook: {
    check: "Does the change belong to a deployment or a ticket, and whose is the network at the other end?",
    command: "aws ec2 describe-vpc-peering-connections --region <awsRegion>",
    contain: "Take it back to what it was (terraform apply, where it is in code) and ask whoever changed it.",
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      eventName: [
        "CreateVpc",
        "DeleteVpc",
        "ModifyVpcAttribute",
        "AcceptVpcPeeringConnection",
        "CreateVpcPeeringConnection",
        "DeleteVpcPeeringConnection",
        "RejectVpcPeeringConnection",
        "AttachClassicLinkVpc",
        "DetachClassicLinkVpc",
        "DisableVpcClassicLink",
        "EnableVpcClassicLink",
      ],
      errorCode: [{ exists: false }],
    },
  },
};
