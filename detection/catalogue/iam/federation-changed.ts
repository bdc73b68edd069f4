import type { Detection } from "../../definition/detection";

export const federationChanged: Detection = {
  id: "federation-changed",
  title: "IAM identity provider created or changed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1484.002", tactic: "Privilege Escalation" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html",
    "https://attack.mitre.org/techniques/T1484/002/",
  ],
  why: "The owner of a provider's signing key decides who can assume the roles that trust it, without any password or key of this account.",
  runbook: {
    check: "Whose provider is it, and was the change planned? Check which roles trust it.",
    command: "aws iam list-saml-providers && aws iam list-open-id-connect-providers",
    contain: "Restore the previous metadata or delete the provider. Revoke the sessions of the roles that trust it.",
    undo: {
      CreateSAMLProvider: "aws iam delete-saml-provider --saml-provider-arn <responseElements.sAMLProviderArn>",
      UpdateSAMLProvider:
        "aws iam update-saml-provider --saml-provider-arn <requestParameters.sAMLProviderArn> --saml-metadata-document file://former-metadata.xml",
      CreateOpenIDConnectProvider:
        "aws iam delete-open-id-connect-provider --open-id-connect-provider-arn <responseElements.openIDConnectProviderArn>",
      AddClientIDToOpenIDConnectProvider:
        "aws iam remove-client-id-from-open-id-connect-provider --open-id-connect-provider-arn <requestParameters.openIDConnectProviderArn> --client-id <requestParameters.clientID>",
      UpdateOpenIDConnectProviderThumbprint:
        "aws iam update-open-id-connect-provider-thumbprint --open-id-connect-provider-arn <requestParameters.openIDConnectProviderArn> --thumbprint-list <formerThumbprint>",
    },
  },
  pattern: {
    source: ["aws.iam"],
    detail: {
      eventSource: ["iam.amazonaws.com"],
      eventName: [
        "CreateSAMLProvider",
        "UpdateSAMLProvider",
        "CreateOpenIDConnectProvider",
        "AddClientIDToOpenIDConnectProvider",
        "UpdateOpenIDConnectProviderThumbprint",
      ],
      // A denied call is no routine mistake: it alerts too.
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
      // Identity Center brings its own provider into every account, and renews its certificate.
      userIdentity: { invokedBy: [{ exists: false }, { "anything-but": "sso.amazonaws.com" }] },
    },
  },
};
