import type { Detection } from "../../definition/detection";

export const windowsPasswordRead: Detection = {
  id: "windows-password-read",
  title: "Administrator password of a Windows instance asked for",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1552", tactic: "Credential Access" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetPasswordData.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.credential-access.ec2-get-password-data/",
  ],
  why: "Together with the instance's key pair the answer is the administrator's password. Few people need it more than once, and a refused try shows that somebody looks for ways in.",
  noise:
    "Terraform asks with each plan where get_password_data is set, and people ask who launch Windows instances. Suppress the pipeline's role.",
  runbook: {
    check:
      "Did the caller just launch the instance? One call for a new instance is usual; calls for many or for old ones are not.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=GetPasswordData",
    contain:
      "Change the administrator's password on the instance, close port 3389 in its security groups and take ec2:GetPasswordData away from the caller.",
  },
  pattern: {
    source: ["aws.ec2"],
    detail: { eventSource: ["ec2.amazonaws.com"], eventName: ["GetPasswordData"] },
  },
};
