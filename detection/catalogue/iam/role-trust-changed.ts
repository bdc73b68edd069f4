import type { Detection } from "../../definition/detection";

export const roleTrustChanged: Detection = {
  id: "role-trust-changed",
  title: "Role opened to somebody outside the account",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.iam-backdoor-role/",
  ],
  why: "Whom a role trusts may use it at any time, from outside, and changing passwords and keys does not stop them. It is a favourite back door.",
  noise: "Speaks up for each vendor or pipeline outside the account that gets a role, once each.",
  runbook: {
    check:
      "Whose account is it: a customer, a vendor, another of your own? Was it asked for, with an external id? See who has used the role since.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=ResourceName,AttributeValue=<requestParameters.roleName>",
    contain:
      "Put the former trust policy back, and revoke the sessions of the role. Deny a role that is not yours everything, then delete it.",
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
