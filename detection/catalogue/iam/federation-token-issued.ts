import type { Detection } from "../../definition/detection";

export const federationTokenIssued: Detection = {
  id: "federation-token-issued",
  title: "Credentials issued that outlive their key (GetFederationToken)",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1550.001", tactic: "Lateral Movement" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html",
    "https://www.crowdstrike.com/en-us/blog/how-adversaries-persist-with-aws-user-federation/",
  ],
  why: "The new credentials work for up to 36 hours, even when the key that asked for them is made inactive, and open the console. Intruders use it to stay; hardly any program does.",
  runbook: {
    check:
      "Is it an application that has always done so? See the name and policy that were asked for, and what the session has done.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<responseElements.credentials.accessKeyId|accessKeyId>",
    contain:
      "Making the caller's key inactive is not enough: the session that was issued goes on. A policy that denies the user everything stops both.",
  },
  pattern: {
    source: ["aws.sts"],
    // Refused tries as well, of which CloudTrail records no parameters. An IAM user or root only: a role can't make the call.
    detail: { eventSource: ["sts.amazonaws.com"], eventName: ["GetFederationToken"] },
  },
};
