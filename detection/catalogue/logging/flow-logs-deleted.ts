import type { Detection } from "../../definition/detection";

export const flowLogsDeleted: Detection = {
  id: "flow-logs-deleted",
  title: "VPC flow logs deleted",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteFlowLogs.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.defense-evasion.vpc-remove-flow-logs/",
  ],
  why: "Network traffic is no longer recorded, so intrusions and exfiltration leave no trace there.",
  falsePositives:
    "Terraform deletes flow logs before the VPC that it destroys. Suppress the role that tears down test environments.",
  runbook: {
    check: "Which VPC is it, and does it still exist? Tearing down a network deletes its flow logs.",
    command:
      "aws ec2 describe-vpcs --region <awsRegion> --query 'Vpcs[].[VpcId,Tags]' && aws ec2 describe-flow-logs --region <awsRegion> --query 'FlowLogs[].[FlowLogId,ResourceId]'",
    contain: "Recreate them with terraform apply.",
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      eventName: ["DeleteFlowLogs"],
      // unauthorized-ec2-call covers denied calls.
      errorCode: [{ exists: false }],
    },
  },
};
