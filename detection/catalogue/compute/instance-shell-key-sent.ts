import type { Detection } from "../../definition/detection";

export const instanceShellKeySent: Detection = {
  id: "instance-shell-key-sent",
  title: "SSH key sent to an instance or serial console switched on, or an attempt at it",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1021.004", tactic: "Lateral Movement" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/ec2-instance-connect/latest/APIReference/API_SendSSHPublicKey.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSerialConsoleAccess.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.lateral-movement.ec2-instance-connect/",
  ],
  why: "With a key that is good for a minute, whoever may call EC2 Instance Connect becomes a user of the machine, over the serial console past every security group. Intruders go from instance to instance so.",
  runbook: {
    check: "Does the caller connect this way usually? Keys sent to several machines in a row are the sign of a search.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventSource,AttributeValue=ec2-instance-connect.amazonaws.com",
    contain:
      "Look for who is signed in on the machine, and take the ec2-instance-connect permissions away from the caller.",
    undo: {
      EnableSerialConsoleAccess: "aws ec2 disable-serial-console-access --region <awsRegion>",
    },
  },
  // Where people connect this way, each connection sends a key.
  fold: { minutes: 60 },
  pattern: {
    source: ["aws.ec2-instance-connect", "aws.ec2"],
    detail: {
      eventSource: ["ec2-instance-connect.amazonaws.com", "ec2.amazonaws.com"],
      eventName: ["SendSSHPublicKey", "SendSerialConsoleSSHPublicKey", "EnableSerialConsoleAccess"],
    },
  },
};
