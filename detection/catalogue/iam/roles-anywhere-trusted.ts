import type { Detection } from "../../definition/detection";

export const rolesAnywhereTrusted: Detection = {
  id: "roles-anywhere-trusted",
  title: "IAM Roles Anywhere trust anchor or profile changed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateTrustAnchor.html",
    "https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateProfile.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.rolesanywhere-create-trust-anchor/",
  ],
  why: "The owner of a trust anchor's certificate authority can assume the profile's roles from anywhere, indefinitely. Few accounts use this.",
  runbook: {
    check: "Was it planned? Whose certificate authority is it, and which roles does the profile name?",
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
      // A denied call is no routine mistake: it alerts too.
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
    },
  },
};
