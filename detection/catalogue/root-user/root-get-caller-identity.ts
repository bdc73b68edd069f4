import type { Detection } from "../../definition/detection";

export const rootGetCallerIdentity: Detection = {
  id: "root-get-caller-identity",
  title: "Root user asked who it is (GetCallerIdentity)",
  severity: "critical",
  tier: "alert",
  route: "topic",
  ruleName: "GetCallerIdentityAlert",
  attack: { technique: "T1033", tactic: "Discovery" },
  cis: ["4.3"],
  references: ["https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html"],
  why: "It is the first call of whoever tries out found keys. The root user should have no access keys, so nobody has a reason to make it.",
  runbook: {
    check:
      "Ask the owner of the root user whether it was them; look for other root calls around this time. Where the record says assumedRoot, it was a privileged root session: look for AssumeRoot in the management account.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=Username,AttributeValue=root",
    contain:
      "Sign in as root, delete its access keys under Security credentials, change its password and check its MFA device. A privileged root session ends by itself after 15 minutes: stop the caller of AssumeRoot.",
  },
  pattern: {
    source: ["aws.sts"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: ["sts.amazonaws.com"],
      eventName: ["GetCallerIdentity"],
      userIdentity: { type: ["Root"] },
    },
  },
};
