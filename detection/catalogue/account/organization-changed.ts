import type { Detection } from "../../definition/detection";

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
  why: "An account's place in the organization, and the organization's policies, limit what the account can do. They rarely change.",
  runbook: {
    check: "Was the change planned, and by whom? Check the organization's recent changes.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventSource,AttributeValue=organizations.amazonaws.com",
    contain: "Revert the change (terraform apply if managed in code).",
    undo: {
      AttachPolicy:
        "aws organizations detach-policy --policy-id <requestParameters.policyId> --target-id <requestParameters.targetId>",
      DetachPolicy:
        "aws organizations attach-policy --policy-id <requestParameters.policyId> --target-id <requestParameters.targetId>",
      DisableAWSServiceAccess:
        "aws organizations enable-aws-service-access --service-principal <requestParameters.servicePrincipal>",
      EnableAWSServiceAccess:
        "aws organizations disable-aws-service-access --service-principal <requestParameters.servicePrincipal>",
      DisablePolicyType:
        "aws organizations enable-policy-type --root-id <requestParameters.rootId> --policy-type <requestParameters.policyType>",
      EnablePolicyType:
        "aws organizations disable-policy-type --root-id <requestParameters.rootId> --policy-type <requestParameters.policyType>",
      InviteAccountToOrganization: "aws organizations cancel-handshake --handshake-id <responseElements.handshake.id>",
      MoveAccount:
        "aws organizations move-account --account-id <requestParameters.accountId> --source-parent-id <requestParameters.destinationParentId> --destination-parent-id <requestParameters.sourceParentId>",
      LeaveOrganization:
        "aws organizations invite-account-to-organization --target Id=<recipientAccountId>,Type=ACCOUNT",
      RemoveAccountFromOrganization:
        "aws organizations invite-account-to-organization --target Id=<requestParameters.accountId>,Type=ACCOUNT",
    },
  },
  pattern: {
    source: ["aws.organizations"],
    detail: {
      eventSource: ["organizations.amazonaws.com"],
      eventName: [
        "AcceptHandshake",
        "AttachPolicy",
        "CloseAccount",
        "CreateAccount",
        "CreateGovCloudAccount",
        "CreateOrganizationalUnit",
        "CreatePolicy",
        "DeclineHandshake",
        "DeleteOrganization",
        "DeleteOrganizationalUnit",
        "DeletePolicy",
        "DetachPolicy",
        "DisableAWSServiceAccess",
        "DisablePolicyType",
        "EnableAWSServiceAccess",
        "EnableAllFeatures",
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
