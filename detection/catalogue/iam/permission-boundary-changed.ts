import type { Detection } from "../../definition/detection";

export const permissionBoundaryChanged: Detection = {
  id: "permission-boundary-changed",
  title: "Permissions boundary of a user or role changed",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Privilege Escalation" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  ],
  why: "A boundary caps what an identity can do, whatever its policies say. Without it, or with a wider one, rights that were harmless may make an administrator.",
  runbook: {
    check: "Whose boundary, and does a deployment or a ticket say so? See what the identity may do without it.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain: "Put the former boundary back.",
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
