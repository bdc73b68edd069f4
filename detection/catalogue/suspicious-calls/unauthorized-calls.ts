import type { Detection } from "../../definition/detection";

export const unauthorizedCalls: Detection = {
  id: "unauthorized-calls",
  title: "Access denied",
  severity: "low",
  tier: "alert",
  path: "log",
  attack: { technique: "T1580", tactic: "Discovery" },
  cis: ["4.1"],
  references: ["https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-2"],
  why: "Denied calls come from a misconfigured workload or from an intruder testing what stolen keys can do.",
  falsePositives:
    "Expect many: consoles probe permissions, and scanners try everything. Subscribers with minSeverity medium don't get them; unauthorized-calls-burst reports bursts.",
  runbook: {
    check: "Is it a known workload that lacks one permission, or a person or key trying many services?",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Stop the caller, and check its other calls.",
  },
  pattern: {
    source: [{ prefix: "aws." }],
    detail: {
      errorCode: [{ suffix: "UnauthorizedOperation" }, { prefix: "AccessDenied" }, "VpceAccessDenied"],
      // A sign-in that a policy refuses is no call; console-login-failures counts it.
      eventName: [{ "anything-but": ["ConsoleLogin"] }],
    },
  },
};
