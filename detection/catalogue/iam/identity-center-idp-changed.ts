import type { Detection } from "../../definition/detection";

export const identityCenterIdpChanged: Detection = {
  id: "identity-center-idp-changed",
  title: "IAM Identity Center identity source changed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1556", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamidentitycenterdirectory.html",
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/manage-your-identity-source-idp.html",
  ],
  why: "Intruders who import their own certificate can sign in as any user, in every account. Removing the provider removes its MFA.",
  runbook: {
    check: "Is it a planned rotation or migration? Compare the certificate with those that your provider publishes.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain:
      "In the Identity Center console, under Settings, Identity source: remove the unknown certificate, restore the provider, and end the active sessions of users and roles.",
  },
  pattern: {
    // The console's calls come from either; no public API does this.
    source: ["aws.sso-directory", "aws.sso"],
    detail: {
      eventSource: ["sso-directory.amazonaws.com", "sso.amazonaws.com"],
      eventName: [
        "CreateExternalIdPConfigurationForDirectory",
        "UpdateExternalIdPConfigurationForDirectory",
        "EnableExternalIdPConfigurationForDirectory",
        "DisableExternalIdPConfigurationForDirectory",
        "DeleteExternalIdPConfigurationForDirectory",
        "ImportExternalIdPCertificate",
        "DeleteExternalIdPCertificate",
        "AssociateDirectory",
        "DisassociateDirectory",
      ],
      // A denied call is no routine mistake: it alerts too.
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
    },
  },
};
