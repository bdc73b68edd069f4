import type { Detection } from "../../definition/detection";

export const alarmsDeleted: Detection = {
  id: "alarms-deleted",
  title: "CloudWatch alarms deleted or muted",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1562", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DisableAlarmActions.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html",
    "https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-monitoring.html",
  ],
  why: "These alarms, perhaps for cost or security, no longer notify anyone.",
  falsePositives: "Deployments delete the alarms of what they replace. Suppress the pipeline's role (ci-roles).",
  runbook: {
    check: "Which alarms were they, and did a deployment replace them?",
    command:
      "aws cloudwatch describe-alarms --region <awsRegion> --query 'MetricAlarms[].[AlarmName,ActionsEnabled]' --output table",
    contain: "Turn their actions on again, or recreate them with terraform apply.",
    undo: {
      DisableAlarmActions:
        "aws cloudwatch enable-alarm-actions --region <awsRegion> --alarm-names <requestParameters.alarmNames>",
    },
  },
  pattern: {
    // CloudWatch calls itself monitoring here; no call of it comes as aws.cloudwatch.
    source: ["aws.monitoring"],
    detail: {
      eventSource: ["monitoring.amazonaws.com"],
      eventName: ["DeleteAlarms", "DisableAlarmActions", "PutAlarmMuteRule"],
      errorCode: [{ exists: false }],
      // Auto Scaling deletes the alarms of its own policies.
      userIdentity: {
        sessionContext: {
          sessionIssuer: { arn: [{ exists: false }, { "anything-but": { wildcard: "*:role/aws-service-role/*" } }] },
        },
      },
    },
  },
};
