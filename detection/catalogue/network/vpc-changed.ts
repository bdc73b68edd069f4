import type { Detection } from "../../definition/detection";

export const vpcChanged: Detection = {
  id: "vpc-changed",
  title: "VPC or VPC peering changed",
  severity: "low",
  pack: "cis",
  tier: "digest",
  attack: { technique: "T1562.007", tactic: "Defense Evasion" },
  cis: ["4.14"],
  references: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-14",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcPeeringConnection.html",
  ],
  why: "A network was created, changed, deleted or peered with another, possibly in an account that isn't yours.",
  runbook: {
    check: "Was it a planned change? Who owns the network at the other end?",
    command: "aws ec2 describe-vpc-peering-connections --region <awsRegion>",
    contain: "Restore it (terraform apply if managed in code), and ask the caller.",
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
