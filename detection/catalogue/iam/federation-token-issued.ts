import type { Detection } from "../../definition/detection";

export const federationTokenIssued: Detection = {
  id: "federation-token-issued",
  title: "Federation token issued (GetFederationToken)",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1550.001", tactic: "Lateral Movement" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html",
    "https://www.crowdstrike.com/en-us/blog/how-adversaries-persist-with-aws-user-federation/",
  ],
  why: "The credentials work for up to 36 hours and can open the console. Deactivating the key that requested them doesn't stop them. Intruders use this for persistence; few programs do.",
  runbook: {
    check: "Is it an application that has always done this? Check the session's name, policy and calls.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<responseElements.credentials.accessKeyId|accessKeyId>",
    contain:
      "Deny the user everything by policy: that stops the key and the issued session. Deactivating the key isn't enough.",
  },
  pattern: {
    source: ["aws.sts"],
    // Denied calls too; CloudTrail records no parameters of them. IAM users and root only: a role can't make the call.
    detail: { eventSource: ["sts.amazonaws.com"], eventName: ["GetFederationToken"] },
  },
};
