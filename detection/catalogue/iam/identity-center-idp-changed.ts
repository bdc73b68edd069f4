import type { Detection } from "../../definition/detection";

export const identityCenterIdpChanged: Detection = {
  id: "identity-center-idp-changed",
  title: "Identity source of Identity Center changed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1556", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamidentitycenterdirectory.html",
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/manage-your-identity-source-idp.html",
  ],
  why: "Identity Center lets in whomever the external provider's certificate vouches for: with a certificate of their own, intruders sign in as anybody, into every account. Without the provider, its MFA is gone.",
  runbook: {
    check: "Is it a planned rotation or migration? Compare the certificate with those that your provider publishes.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain:
      "In the console of Identity Center, under Settings, Identity source: remove the certificate that is not yours, put the provider back, and end the active sessions of users and roles.",
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
      // Nobody is refused this by the way: a try is told as well.
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
    },
  },
};
