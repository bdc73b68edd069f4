import type { Detection } from "../../definition/detection";

export const accessKeyForOtherUser: Detection = {
  id: "access-key-for-other-user",
  title: "Access key created for another user",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1098.001", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html",
    "https://attack.mitre.org/techniques/T1098/001/",
  ],
  why: "A key for another user gives the caller that user's name and permissions, for as long as the key exists. Intruders use it for persistence.",
  falsePositives:
    "Administrators and Terraform create keys for applications. Suppress the pipeline's role, or better, give the application a role.",
  runbook: {
    check: "Was it planned? Check what the new key has done since.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<responseElements.accessKey.accessKeyId>",
    contain: "Deactivate the new key. Then investigate its creator.",
    undo: {
      CreateAccessKey:
        "aws iam update-access-key --user-name <requestParameters.userName> --access-key-id <responseElements.accessKey.accessKeyId> --status Inactive",
    },
  },
  // Each user is news, even if the same caller made another's before.
  group: { by: ["requestParameters.userName"] },
  pattern: {
    source: ["aws.iam"],
    detail: { eventSource: ["iam.amazonaws.com"], eventName: ["CreateAccessKey"], errorCode: [{ exists: false }] },
  },
  refine: [{ kind: "differs", field: "requestParameters.userName", from: "userIdentity.userName" }],
};
