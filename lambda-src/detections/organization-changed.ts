import type { Detection } from "./detection";

export const organizationChanged: Detection = {
  id: "organization-changed",
  title: "AWS organization changed",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1484", tactic: "Privilege Escalation" },
  cis: ["4.15"],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/Welcome.html",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html",
  ],
  why: "Accounts, their place in the organization and its policies bound what each account may do. They change seldom, and by few people.",
  runbook: {
    check: "Was the change planned, and by whom? See the organization's changes of late.",
    command:
      "aws cloudtrail lookup-events --region us-east-1 --lookup-attributes AttributeKey=EventSource,AttributeValue=organizations.amazonaws.com",
    contain: "Take the change back (terraform apply, where it is in code) and take the caller's permissions away.",
  },
  pattern: {
    source: ["aws.organizations"],
    detail: {
      eventSource: ["organizations.amazonaws.com"],
      eventName: [
        "AcceptHandshake",
        "AttachPolicy",
        "CreateAccount",
        "CreateOrganizationalUnit",
        "CreatePolicy",
        "DeclineHandshake",
        "DeleteOrganization",
        "DeleteOrganizationalUnit",
        "DeletePolicy",
        "DetachPolicy",
        "DisablePolicyType",
        "EnablePolicyType",
        "InviteAccountToOrganization",
        "LeaveOrganization",
        "MoveAccount",
        "RemoveAccountFromOrganization",
        "UpdatePolicy",
        "UpdateOrganizationalUnit",
      ],
      errorCode: [{ exists: false }],
    },
  },
};
