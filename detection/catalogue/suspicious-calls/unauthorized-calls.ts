import type { Detection } from "../../definition/detection";

export const unauthorizedCalls: Detection = {
  id: "unauthorized-calls",
  title: "Call refused for want of permission",
  severity: "low",
  tier: "alert",
  path: "log",
  attack: { technique: "T1580", tactic: "Discovery" },
  cis: ["4.1"],
  references: ["https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-2"],
  why: "Refused calls show what a caller tries and may not: a misconfigured workload, or somebody finding out what stolen keys can do.",
  noise:
    "Consoles probe what somebody may see, scanners try everything: expect many. Subscribers of minSeverity medium don't read them; unauthorized-calls-burst tells of rows of them.",
  runbook: {
    check: "Is it a known workload that misses one permission, or a person or key trying many services?",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Stop the caller, and see what else the caller did.",
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
