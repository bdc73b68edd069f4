import type { Detection } from "../../definition/detection";

export const windowsPasswordRead: Detection = {
  id: "windows-password-read",
  title: "Windows instance password requested",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1552", tactic: "Credential Access" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetPasswordData.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.credential-access.ec2-get-password-data/",
  ],
  why: "With the instance's key pair, the response reveals the administrator's password. Few people need it more than once. A denied call shows someone looking for access.",
  falsePositives:
    "Terraform requests it on each plan if get_password_data is set, and so do people who launch Windows instances. Suppress the pipeline's role.",
  runbook: {
    check:
      "Did the caller just launch the instance? One call for a new instance is normal; calls for many or old instances aren't.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=GetPasswordData",
    contain:
      "Change the administrator's password on the instance, close port 3389 in its security groups, and remove ec2:GetPasswordData from the caller.",
  },
  pattern: {
    source: ["aws.ec2"],
    detail: { eventSource: ["ec2.amazonaws.com"], eventName: ["GetPasswordData"] },
  },
};
