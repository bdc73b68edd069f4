import type { Detection } from "../../definition/detection";

export const routeChanged: Detection = {
  id: "route-changed",
  title: "Route table changed",
  severity: "low",
  pack: "cis",
  tier: "digest",
  attack: { technique: "T1562.007", tactic: "Defense Evasion" },
  cis: ["4.13"],
  references: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-13",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html",
  ],
  why: "Routes control where traffic goes. A changed one can bypass a firewall or lead through a network that isn't yours.",
  runbook: {
    check: "Was it a planned change? Check the current routes.",
    command: "aws ec2 describe-route-tables --region <awsRegion>",
    contain: "Restore it (terraform apply if managed in code), and ask the caller.",
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      eventName: [
        "CreateRoute",
        "CreateRouteTable",
        "ReplaceRoute",
        "ReplaceRouteTableAssociation",
        "DeleteRouteTable",
        "DeleteRoute",
        "DisassociateRouteTable",
      ],
      errorCode: [{ exists: false }],
    },
  },
};
