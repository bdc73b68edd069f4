import type { Detection } from "../../definition/detection";

export const userDataRead: Detection = {
  id: "user-data-read",
  title: "EC2 user data read on many instances",
  severity: "low",
  tier: "alert",
  attack: { technique: "T1552", tactic: "Credential Access" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceAttribute.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.discovery.ec2-download-user-data/",
  ],
  why: "User data scripts often contain passwords and tokens. The caller reads, or tries to read, those of many instances.",
  falsePositives: "Terraform reads the user data of every instance that it manages on each plan. Suppress its role.",
  runbook: {
    check: "Is the caller Terraform or an inventory tool? If not, check what else it read.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=DescribeInstanceAttribute",
    contain: "Stop the caller, then rotate the secrets in the scripts.",
  },
  // Failed calls count too. An hour, so that a pipeline that plans again and again alerts once an hour at most.
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
