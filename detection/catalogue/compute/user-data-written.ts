import type { Detection } from "../../definition/detection";

export const userDataWritten: Detection = {
  id: "user-data-written",
  title: "EC2 instance user data changed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1059", tactic: "Execution" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.execution.ec2-user-data/",
  ],
  why: "User data runs as root when an instance starts. Replacing it runs code with the instance's role, without a login.",
  runbook: {
    check: "Was the instance stopped and started around that time? Was it a planned change?",
    command:
      "aws ec2 describe-instance-attribute --region <awsRegion> --instance-id <requestParameters.instanceId> --attribute userData",
    contain:
      "Stop the instance and keep a snapshot of its volume. Revoke the sessions of its role, and rebuild the instance.",
    undo: {
      ModifyInstanceAttribute:
        "aws ec2 stop-instances --region <awsRegion> --instance-ids <requestParameters.instanceId>",
    },
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      eventName: ["ModifyInstanceAttribute"],
      errorCode: [{ exists: false }],
      // Two ways to ask the same of EC2, written as they were asked. The script itself is taken out.
      requestParameters: { $or: [{ userData: [{ exists: true }] }, { attribute: ["userData"] }] },
    },
  },
};
