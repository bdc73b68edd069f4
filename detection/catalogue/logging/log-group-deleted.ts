import type { Detection } from "../../definition/detection";

export const logGroupDeleted: Detection = {
  id: "log-group-deleted",
  title: "CloudWatch logs or metric filter deleted",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html",
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteMetricFilter.html",
  ],
  why: "Deleted logs can't be recovered, and an alarm without its metric filter never fires. An unannounced deletion may hide traces.",
  falsePositives: "Tearing down a test environment deletes its log groups. Suppress the role that does it.",
  runbook: {
    check: "Did the log group belong to something that was being torn down?",
    command:
      "aws logs describe-log-groups --region <awsRegion> --log-group-name-prefix <requestParameters.logGroupName>",
    contain: "Save remaining copies of the logs (exports, subscriptions). Then recreate the group and its filters.",
  },
  pattern: {
    source: ["aws.logs"],
    detail: {
      eventSource: ["logs.amazonaws.com"],
      eventName: ["DeleteLogGroup", "DeleteLogStream", "DeleteMetricFilter"],
      errorCode: [{ exists: false }],
    },
  },
};
