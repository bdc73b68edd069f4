import type { Detection } from "../../definition/detection";

export const loginProfileChanged: Detection = {
  id: "login-profile-changed",
  title: "Console password set for another user",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.iam-create-user-login-profile/",
  ],
  why: "The caller can now sign in to the console as that user. A user with only access keys gains console access.",
  falsePositives: "Administrators do this for each new person who gets an IAM user.",
  runbook: {
    check: "Did the user request a password? Check whether the user has signed in with it, and from where.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=ConsoleLogin",
    contain: "Remove the password. Then investigate the caller.",
    undo: {
      CreateLoginProfile: "aws iam delete-login-profile --user-name <requestParameters.userName>",
      UpdateLoginProfile: "aws iam delete-login-profile --user-name <requestParameters.userName>",
    },
  },
  // Each user is news, even if the same caller set another's before.
  group: { by: ["requestParameters.userName"] },
  pattern: {
    source: ["aws.iam"],
    detail: {
      eventSource: ["iam.amazonaws.com"],
      eventName: ["CreateLoginProfile", "UpdateLoginProfile"],
      errorCode: [{ exists: false }],
    },
  },
  refine: [{ kind: "differs", field: "requestParameters.userName", from: "userIdentity.userName" }],
};
