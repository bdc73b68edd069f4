import type { Detection } from "../../definition/detection";

export const accessKeyForOtherUser: Detection = {
  id: "access-key-for-other-user",
  title: "Access key created for somebody else",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1098.001", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html",
    "https://attack.mitre.org/techniques/T1098/001/",
  ],
  why: "Whoever creates another user's key can act as that user, now and later, with the user's rights and name. It is the usual way to stay.",
  noise:
    "Administrators and Terraform create keys for applications' users: suppress the pipeline's role, or better, let the application have a role.",
  runbook: {
    check: "Does a deployment or a ticket say so? See what the new key has done since.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<responseElements.accessKey.accessKeyId>",
    contain: "Make the new key inactive, then look into who created it.",
    undo: {
      CreateAccessKey:
        "aws iam update-access-key --user-name <requestParameters.userName> --access-key-id <responseElements.accessKey.accessKeyId> --status Inactive",
    },
  },
  // Each user is news, even if the same caller made another's before.
  fold: { by: ["requestParameters.userName"] },
  pattern: {
    source: ["aws.iam"],
    detail: { eventSource: ["iam.amazonaws.com"], eventName: ["CreateAccessKey"], errorCode: [{ exists: false }] },
  },
  refine: [{ kind: "differs", field: "requestParameters.userName", from: "userIdentity.userName" }],
};
