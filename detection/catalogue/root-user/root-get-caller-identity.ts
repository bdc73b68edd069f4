import type { Detection } from "../../definition/detection";

export const rootGetCallerIdentity: Detection = {
  id: "root-get-caller-identity",
  title: "Root user called GetCallerIdentity",
  severity: "critical",
  tier: "alert",
  route: "topic",
  ruleName: "GetCallerIdentityAlert",
  attack: { technique: "T1033", tactic: "Discovery" },
  cis: ["4.3"],
  references: ["https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html"],
  why: "Attackers test stolen keys with this call. The root user should have no access keys, so this call should never occur.",
  runbook: {
    check:
      "Ask the root user's owner, and look for other root calls around this time. If the record has assumedRoot, it was a privileged root session: look for AssumeRoot in the management account.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=Username,AttributeValue=root",
    contain:
      "Sign in as root. Delete its access keys under Security credentials, change its password and check its MFA device. A privileged root session ends after 15 minutes: stop the caller of AssumeRoot.",
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
