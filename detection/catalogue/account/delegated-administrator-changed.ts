import type { Detection } from "../../definition/detection";

export const delegatedAdministratorChanged: Detection = {
  id: "delegated-administrator-changed",
  title: "Delegated administrator registered or removed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Privilege Escalation" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-delegated-administrator.html",
  ],
  why: "A delegated administrator is a member account that manages a service, or the organization's policies, in every account. Removing one can stop a security service everywhere.",
  falsePositives:
    "Setting up a security service or AWS Control Tower registers delegated administrators. Suppress the role that sets them up.",
  runbook: {
    check: "Which account and which service is it? Was it planned, and by whom?",
    command: "aws organizations list-delegated-administrators",
    contain:
      "Undo it from the management account. Check what the account has changed in others since. A resource policy: aws organizations describe-resource-policy",
    undo: {
      RegisterDelegatedAdministrator:
        "aws organizations deregister-delegated-administrator --account-id <requestParameters.accountId> --service-principal <requestParameters.servicePrincipal>",
      DeregisterDelegatedAdministrator:
        "aws organizations register-delegated-administrator --account-id <requestParameters.accountId> --service-principal <requestParameters.servicePrincipal>",
      RegisterOrganizationDelegatedAdmin:
        "aws cloudtrail deregister-organization-delegated-admin --delegated-admin-account-id <requestParameters.memberAccountId>",
      DeregisterOrganizationDelegatedAdmin:
        "aws cloudtrail register-organization-delegated-admin --member-account-id <requestParameters.delegatedAdminAccountId>",
    },
  },
  pattern: {
    source: ["aws.organizations", "aws.cloudtrail"],
    detail: {
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
      $or: [
        {
          eventSource: ["organizations.amazonaws.com"],
          // The resource policy lets member accounts manage the organization's policies.
          eventName: [
            "RegisterDelegatedAdministrator",
            "DeregisterDelegatedAdministrator",
            "PutResourcePolicy",
            "DeleteResourcePolicy",
          ],
        },
        {
          eventSource: ["cloudtrail.amazonaws.com"],
          eventName: ["RegisterOrganizationDelegatedAdmin", "DeregisterOrganizationDelegatedAdmin"],
        },
      ],
    },
  },
};
