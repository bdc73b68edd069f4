import type { Detection } from "../../definition/detection";

export const rolesAnywhereTrusted: Detection = {
  id: "roles-anywhere-trusted",
  title: "Roles opened to certificates from outside (Roles Anywhere)",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateTrustAnchor.html",
    "https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateProfile.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.rolesanywhere-create-trust-anchor/",
  ],
  why: "Whoever holds the certificate authority that a trust anchor names can take the roles of a profile from anywhere, as long as they like. Few accounts use it.",
  runbook: {
    check:
      "Whose certificate authority is it, which roles does the profile name, and does a deployment or a ticket say so?",
    command:
      "aws rolesanywhere list-trust-anchors --region <awsRegion> && aws rolesanywhere list-profiles --region <awsRegion>",
    contain: "Disable it, and revoke the sessions of the roles.",
    undo: {
      CreateTrustAnchor:
        "aws rolesanywhere disable-trust-anchor --region <awsRegion> --trust-anchor-id <requestParameters.trustAnchorId|responseElements.trustAnchor.trustAnchorId>",
      UpdateTrustAnchor:
        "aws rolesanywhere disable-trust-anchor --region <awsRegion> --trust-anchor-id <requestParameters.trustAnchorId|responseElements.trustAnchor.trustAnchorId>",
      CreateProfile:
        "aws rolesanywhere disable-profile --region <awsRegion> --profile-id <requestParameters.profileId|responseElements.profile.profileId>",
      UpdateProfile:
        "aws rolesanywhere disable-profile --region <awsRegion> --profile-id <requestParameters.profileId|responseElements.profile.profileId>",
    },
  },
  pattern: {
    source: ["aws.rolesanywhere"],
    detail: {
      eventSource: ["rolesanywhere.amazonaws.com"],
      // An update can exchange the authority or the roles.
      eventName: ["CreateTrustAnchor", "UpdateTrustAnchor", "CreateProfile", "UpdateProfile"],
      // Nobody is refused this by the way: a try is told as well.
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
    },
  },
};
