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
  why: "Routes decide which way traffic goes. A changed one leads it around a firewall, or out through somebody else's network.",
  runbook: {
    check: "Does the change belong to a deployment or a ticket, and where do the routes lead now?",
    command: "aws ec2 describe-route-tables --region <awsRegion>",
    contain: "Take it back to what it was (terraform apply, where it is in code) and ask whoever changed it.",
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
