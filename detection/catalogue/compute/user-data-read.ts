import type { Detection } from "../../definition/detection";

export const userDataRead: Detection = {
  id: "user-data-read",
  title: "User data of many instances asked for",
  severity: "low",
  tier: "alert",
  attack: { technique: "T1552", tactic: "Credential Access" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceAttribute.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.discovery.ec2-download-user-data/",
  ],
  why: "Start scripts often hold passwords and tokens. Somebody reads, or tries to read, those of one instance after the other.",
  noise: "Terraform reads the user data of every instance that it manages with each plan. Suppress its role.",
  runbook: {
    check:
      "Is the caller Terraform, which reads them of every instance that it manages with each plan, or an inventory tool? If not, see what else the caller looked at.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=DescribeInstanceAttribute",
    contain: "Stop the caller, then change what the start scripts held.",
  },
  // Failed tries count too. An hour, so that a pipeline that plans again and again is told of once an hour at most.
  count: { threshold: 10, minutes: 60 },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      eventName: ["DescribeInstanceAttribute"],
      requestParameters: { attribute: ["userData"] },
    },
  },
};
