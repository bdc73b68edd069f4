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
  why: "Who talks to whom in the network is no longer recorded: no trace of what is carried out, nor of what comes in.",
  noise:
    "A VPC that Terraform destroys loses its flow logs first: suppress the role that tears down test environments.",
  runbook: {
    check: "Which VPC, and does it still exist? Flow logs go when a network is torn down.",
    command:
      "aws ec2 describe-vpcs --region <awsRegion> --query 'Vpcs[].[VpcId,Tags]' && aws ec2 describe-flow-logs --region <awsRegion> --query 'FlowLogs[].[FlowLogId,ResourceId]'",
    contain: "Create them again with terraform apply.",
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      eventName: ["DeleteFlowLogs"],
      // A refused try is told by unauthorized-ec2-call.
      errorCode: [{ exists: false }],
    },
  },
};
