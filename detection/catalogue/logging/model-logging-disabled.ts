import type { Detection } from "../../definition/detection";

export const modelLoggingDisabled: Detection = {
  id: "model-logging-disabled",
  title: "Bedrock's invocation logging or a guardrail deleted, or an attempt at it",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_DeleteModelInvocationLoggingConfiguration.html",
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_DeleteGuardrail.html",
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html",
  ],
  why: "Whoever uses stolen keys to run models on your bill looks whether prompts are logged, and turns it off. What models are asked afterwards, nobody will know.",
  runbook: {
    check: "Is logging configured in this region? See who has invoked models since.",
    command: "aws bedrock get-model-invocation-logging-configuration --region <awsRegion>",
    contain:
      "Put the configuration or guardrail back with terraform apply, and look at Bedrock's cost in every region.",
  },
  pattern: {
    source: ["aws.bedrock"],
    detail: {
      eventSource: ["bedrock.amazonaws.com"],
      eventName: [
        "DeleteModelInvocationLoggingConfiguration",
        "DeleteGuardrail",
        "DeleteEnforcedGuardrailConfiguration",
      ],
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
    },
  },
};
