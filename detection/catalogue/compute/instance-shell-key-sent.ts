import type { Detection } from "../../definition/detection";

export const instanceShellKeySent: Detection = {
  id: "instance-shell-key-sent",
  title: "EC2 Instance Connect key sent or serial console enabled",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1021.004", tactic: "Lateral Movement" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/ec2-instance-connect/latest/APIReference/API_SendSSHPublicKey.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSerialConsoleAccess.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.lateral-movement.ec2-instance-connect/",
  ],
  why: "The SSH key that was sent works for one minute. The serial console bypasses every security group. Intruders use both to move between instances.",
  runbook: {
    check:
      "Does the caller usually connect this way? Keys sent to several instances in a row suggest lateral movement.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventSource,AttributeValue=ec2-instance-connect.amazonaws.com",
    contain: "Check who is signed in on the instance, and remove the caller's ec2-instance-connect permissions.",
    undo: {
      EnableSerialConsoleAccess: "aws ec2 disable-serial-console-access --region <awsRegion>",
    },
  },
  // Where people connect this way, each connection sends a key.
  group: { minutes: 60 },
  pattern: {
    source: ["aws.ec2-instance-connect", "aws.ec2"],
    detail: {
      eventSource: ["ec2-instance-connect.amazonaws.com", "ec2.amazonaws.com"],
      eventName: ["SendSSHPublicKey", "SendSerialConsoleSSHPublicKey", "EnableSerialConsoleAccess"],
    },
  },
};
