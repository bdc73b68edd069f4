import type { Detection } from "../../definition/detection";

export const callerIdentityEnumerated: Detection = {
  id: "caller-identity-enumerated",
  title: "GetCallerIdentity called",
  severity: "low",
  // Command lines and Terraform ask at every start.
  tier: "signal",
  attack: { technique: "T1033", tactic: "Discovery" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html",
    "https://attack.mitre.org/techniques/T1033/",
  ],
  why: "The call needs no permission, so attackers test stolen keys with it. Alone it proves nothing, but it supports other alerts about the same caller.",
  runbook: {
    check: "Has the caller used this address before, and what did it do next?",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Stop the caller, and check its other calls.",
  },
  pattern: {
    source: ["aws.sts"],
    detail: {
      eventSource: ["sts.amazonaws.com"],
      eventName: ["GetCallerIdentity"],
    },
  },
};
