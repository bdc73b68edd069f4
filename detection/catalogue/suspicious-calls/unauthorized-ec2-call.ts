import type { Detection } from "../../definition/detection";

export const unauthorizedEc2Call: Detection = {
  id: "unauthorized-ec2-call",
  title: "EC2 call without permission",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1580", tactic: "Discovery" },
  cis: ["4.1"],
  references: ["https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html"],
  why: "Somebody looked at or tried to change EC2 without being allowed to: stolen keys being tried out, or a role that lacks a permission it needs.",
  noise:
    "The console asks for more than its reader may see: the ready-made suppression console-probes takes that out. With the default pack, unauthorized-calls tells of the same call as low.",
  runbook: {
    check:
      "Is the caller known, from this address, at this hour? One call is often a mistake; a row of different ones is a search.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Stop the caller, and see what else the caller did.",
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      errorCode: ["Client.UnauthorizedOperation", "UnauthorizedOperation"],
    },
  },
};
