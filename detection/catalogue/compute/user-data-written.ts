import type { Detection } from "../../definition/detection";

export const userDataWritten: Detection = {
  id: "user-data-written",
  title: "Start script of an existing instance replaced",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1059", tactic: "Execution" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.execution.ec2-user-data/",
  ],
  why: "User data runs as root when the instance starts. Stop, replace, start is a way to run code on a machine without any access to it, and with its role.",
  runbook: {
    check: "Was the instance stopped and started around it, and does the change belong to a deployment?",
    command:
      "aws ec2 describe-instance-attribute --region <awsRegion> --instance-id <requestParameters.instanceId> --attribute userData",
    contain:
      "Stop the instance, keep a snapshot of its volume for later, revoke the sessions of its role and build it anew.",
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
