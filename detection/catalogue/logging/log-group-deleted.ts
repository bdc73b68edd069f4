import type { Detection } from "../../definition/detection";

export const logGroupDeleted: Detection = {
  id: "log-group-deleted",
  title: "CloudWatch logs deleted",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html",
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteMetricFilter.html",
  ],
  why: "Deleted logs don't come back, and an alarm without its metric filter stays silent. Stacks that are torn down delete logs as well; what nobody announced is a trace being removed.",
  noise: "A test environment that is torn down takes its log groups with it: suppress the role that does so.",
  runbook: {
    check: "Does the log group belong to something that was being torn down?",
    command:
      "aws logs describe-log-groups --region <awsRegion> --log-group-name-prefix <requestParameters.logGroupName>",
    contain:
      "Save what else there is of the logs (exports, subscriptions), and create the group and its filters again.",
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
