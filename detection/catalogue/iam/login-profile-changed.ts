import type { Detection } from "../../definition/detection";

export const loginProfileChanged: Detection = {
  id: "login-profile-changed",
  title: "Somebody else's console password set",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.iam-create-user-login-profile/",
  ],
  why: "Whoever sets the password of another user can sign in to the console as that user. A user that only had keys suddenly has a door for people.",
  noise: "Administrators do it for each new colleague who gets an IAM user.",
  runbook: {
    check: "Did the user ask for a password? See whether the user has signed in with it, and from where.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=ConsoleLogin",
    contain: "Take the password away, then look into who set it.",
    undo: {
      CreateLoginProfile: "aws iam delete-login-profile --user-name <requestParameters.userName>",
      UpdateLoginProfile: "aws iam delete-login-profile --user-name <requestParameters.userName>",
    },
  },
  // Each user is news, even if the same caller set another's before.
  fold: { by: ["requestParameters.userName"] },
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
