import type { Detection } from "../../definition/detection";

export const permissionBoundaryChanged: Detection = {
  id: "permission-boundary-changed",
  title: "IAM permissions boundary changed",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Privilege Escalation" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  ],
  why: "A boundary limits an identity, whatever its policies allow. Without it, or with a wider one, harmless permissions can become administrator access.",
  runbook: {
    check: "Whose boundary is it, and was it planned? Check what the identity can do without it.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain: "Restore the previous boundary.",
    undo: {
      PutUserPermissionsBoundary:
        "aws iam put-user-permissions-boundary --user-name <requestParameters.userName> --permissions-boundary <formerBoundaryArn>",
      DeleteUserPermissionsBoundary:
        "aws iam put-user-permissions-boundary --user-name <requestParameters.userName> --permissions-boundary <formerBoundaryArn>",
      PutRolePermissionsBoundary:
        "aws iam put-role-permissions-boundary --role-name <requestParameters.roleName> --permissions-boundary <formerBoundaryArn>",
      DeleteRolePermissionsBoundary:
        "aws iam put-role-permissions-boundary --role-name <requestParameters.roleName> --permissions-boundary <formerBoundaryArn>",
    },
  },
  pattern: {
    source: ["aws.iam"],
    detail: {
      eventSource: ["iam.amazonaws.com"],
      eventName: [
        "PutUserPermissionsBoundary",
        "PutRolePermissionsBoundary",
        "DeleteUserPermissionsBoundary",
        "DeleteRolePermissionsBoundary",
      ],
      errorCode: [{ exists: false }],
    },
  },
};
