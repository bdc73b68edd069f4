import type { Detection } from "../../definition/detection";

export const federationChanged: Detection = {
  id: "federation-changed",
  title: "Identity provider of the account added or changed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1484.002", tactic: "Privilege Escalation" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html",
    "https://attack.mitre.org/techniques/T1484/002/",
  ],
  why: "Whoever holds the signing key of a provider decides who may take the roles that trust it, without any password or key of this account.",
  runbook: {
    check: "Whose provider is it, and does a deployment or a ticket say so? See which roles trust it.",
    command: "aws iam list-saml-providers && aws iam list-open-id-connect-providers",
    contain: "Put the former metadata back or delete the provider, and revoke the sessions of the roles that trust it.",
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
      // Nobody is refused this by the way: a try is told as well.
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
      // Identity Center brings its own provider into every account, and renews its certificate.
      userIdentity: { invokedBy: [{ exists: false }, { "anything-but": "sso.amazonaws.com" }] },
    },
  },
};
