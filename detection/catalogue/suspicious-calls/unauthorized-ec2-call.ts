import type { Detection } from "../../definition/detection";

export const unauthorizedEc2Call: Detection = {
  id: "unauthorized-ec2-call",
  title: "EC2 access denied",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1580", tactic: "Discovery" },
  cis: ["4.1"],
  references: ["https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html"],
  why: "The caller tried to read or change EC2 without permission. Either stolen keys are being tested, or a role lacks a permission it needs.",
  falsePositives:
    "The console requests more than its user may see; the ready-made suppression console-probes excludes that. In the default pack, unauthorized-calls also reports the call, as low.",
  runbook: {
    check:
      "Is the caller known, from this address, at this hour? One call is often a mistake, many different ones are reconnaissance.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Stop the caller, and check its other calls.",
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      errorCode: ["Client.UnauthorizedOperation", "UnauthorizedOperation"],
    },
  },
};
