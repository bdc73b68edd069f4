import type { Detection } from "../../definition/detection";

export const roleTrustChanged: Detection = {
  id: "role-trust-changed",
  title: "IAM role trust opened to an external principal",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.iam-backdoor-role/",
  ],
  why: "A principal that the role trusts can use it at any time. Rotating passwords and keys doesn't stop it, which makes it a popular back door.",
  falsePositives: "Each external vendor or pipeline that gets a role, once.",
  runbook: {
    check:
      "Whose account is it: a customer's, a vendor's, another of yours? Was it requested, with an external ID? Check who has used the role since.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=ResourceName,AttributeValue=<requestParameters.roleName>",
    contain:
      "Restore the previous trust policy, and revoke the sessions of the role. If the role isn't yours, deny it everything, then delete it.",
    undo: {
      UpdateAssumeRolePolicy: [
        "aws iam update-assume-role-policy --role-name <requestParameters.roleName> --policy-document file://former-policy.json",
        'aws iam put-role-policy --role-name <requestParameters.roleName> --policy-name AWSRevokeOlderSessions --policy-document \'{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"\'"$(date -u +%FT%TZ)"\'"}}}]}\'',
      ],
      CreateRole:
        "aws iam attach-role-policy --role-name <requestParameters.roleName> --policy-arn arn:<partition>:iam::aws:policy/AWSDenyAll",
    },
  },
  pattern: {
    source: ["aws.iam"],
    detail: {
      eventSource: ["iam.amazonaws.com"],
      // A new role with a door to the outside is as good as a changed one.
      eventName: ["UpdateAssumeRolePolicy", "CreateRole"],
      errorCode: [{ exists: false }],
    },
  },
  refine: [
    {
      kind: "otherAccount",
      fields: ["requestParameters.policyDocument", "requestParameters.assumeRolePolicyDocument"],
    },
  ],
};
