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
  why: "A gateway connects a private network to the internet or to another network. A new one opens a path that isn't monitored yet.",
  runbook: {
    check: "Was it a planned change? Which VPC uses the gateway?",
    command: "aws ec2 describe-internet-gateways --region <awsRegion>",
    contain: "Restore it (terraform apply if managed in code), and ask the caller.",
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
