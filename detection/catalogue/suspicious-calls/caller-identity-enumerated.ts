import type { Detection } from "../../definition/detection";

export const callerIdentityEnumerated: Detection = {
  id: "caller-identity-enumerated",
  title: "Caller asked who it is (GetCallerIdentity)",
  severity: "low",
  // Command lines and Terraform ask at every start.
  tier: "signal",
  attack: { technique: "T1033", tactic: "Discovery" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html",
    "https://attack.mitre.org/techniques/T1033/",
  ],
  why: "No permission is needed for it, so it is what found keys are tried out with. By itself it says nothing: it counts beside other signs of the same caller.",
  runbook: {
    check: "Has the caller been seen at this address before, and what did it do next?",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Stop the caller, and see what else the caller did.",
  },
  pattern: {
    source: ["aws.sts"],
    detail: {
      eventSource: ["sts.amazonaws.com"],
      eventName: ["GetCallerIdentity"],
    },
  },
};
