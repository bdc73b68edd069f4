import type { Detection } from "../../definition/detection";

export const networkGatewayChanged: Detection = {
  id: "network-gateway-changed",
  title: "Internet or customer gateway changed",
  severity: "low",
  pack: "cis",
  tier: "digest",
  attack: { technique: "T1562.007", tactic: "Defense Evasion" },
  cis: ["4.12"],
  references: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-12",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html",
  ],
  why: "A gateway is the way between a private network and the internet, or somebody else's network. A new one opens a way that nobody watches yet.",
  runbook: {
    check: "Does the change belong to a deployment or a ticket, and which VPC is it attached to?",
    command: "aws ec2 describe-internet-gateways --region <awsRegion>",
    contain: "Take it back to what it was (terraform apply, where it is in code) and ask whoever changed it.",
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      eventName: [
        "CreateCustomerGateway",
        "DeleteCustomerGateway",
        "AttachInternetGateway",
        "CreateInternetGateway",
        "DeleteInternetGateway",
        "DetachInternetGateway",
      ],
      errorCode: [{ exists: false }],
    },
  },
};
