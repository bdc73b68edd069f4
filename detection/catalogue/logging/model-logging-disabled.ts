import type { Detection } from "../../definition/detection";

export const modelLoggingDisabled: Detection = {
  id: "model-logging-disabled",
  title: "Bedrock logging or guardrail deleted",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_DeleteModelInvocationLoggingConfiguration.html",
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_DeleteGuardrail.html",
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html",
  ],
  why: "Attackers who run models on your bill check for prompt logging and turn it off. Later prompts leave no record.",
  runbook: {
    check: "Is logging configured in this region? Check who has invoked models since.",
    command: "aws bedrock get-model-invocation-logging-configuration --region <awsRegion>",
    contain: "Restore the configuration or guardrail with terraform apply. Check Bedrock's cost in every region.",
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
