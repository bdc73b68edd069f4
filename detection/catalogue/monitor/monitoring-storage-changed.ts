import type { Detection } from "../../definition/detection";

const workQueues = ["events", "deliveries", "channels"];
const deadLetterQueues = [...workQueues, "subscriptions", "targets", "invocations", "forward"].map(
  (queue) => `${queue}-dlq`,
);

export const monitoringStorageChanged: Detection = {
  id: "monitoring-storage-changed",
  title: "Monitoring queues, table, logs or keys changed",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.001", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html",
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html",
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html",
    "https://docs.aws.amazon.com/kms/latest/developerguide/ct-schedule-key-deletion.html",
  ],
  why: "A purged queue loses events before they are evaluated. Without its table, logs and keys, the monitor can't send alerts.",
  runbook: {
    check: "Did a deployment do it? terraform plan shows the differences.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Restore it with terraform apply. The log archive still has the events that a queue lost.",
    undo: {
      DisableKey: "aws kms enable-key --region <awsRegion> --key-id <requestParameters.keyId>",
      ScheduleKeyDeletion: [
        "aws kms cancel-key-deletion --region <awsRegion> --key-id <requestParameters.keyId>",
        "aws kms enable-key --region <awsRegion> --key-id <requestParameters.keyId>",
      ],
      DisableKeyRotation: "aws kms enable-key-rotation --region <awsRegion> --key-id <requestParameters.keyId>",
    },
  },
  services: "evaluated",
  deployers: "ignored",
  pattern: {
    source: ["aws.sqs", "aws.dynamodb", "aws.logs", "aws.kms"],
    detail: {
      $or: [
        {
          eventName: ["DeleteQueue", "PurgeQueue", "SetQueueAttributes", "AddPermission", "RemovePermission"],
          requestParameters: {
            queueUrl: [...workQueues, ...deadLetterQueues].map((queue) => ({ suffix: `/{{prefix}}-${queue}` })),
          },
        },
        {
          eventName: ["DeleteTable", "UpdateTable", "UpdateTimeToLive", "UpdateContinuousBackups"],
          requestParameters: { tableName: ["{{prefix}}-seen", { suffix: "/{{prefix}}-seen" }] },
        },
        {
          eventName: ["PutResourcePolicy", "DeleteResourcePolicy"],
          requestParameters: { resourceArn: [{ suffix: ":table/{{prefix}}-seen" }] },
        },
        {
          eventName: [
            "DeleteLogGroup",
            "DeleteLogStream",
            "PutRetentionPolicy",
            "AssociateKmsKey",
            "DisassociateKmsKey",
            "PutMetricFilter",
            "DeleteMetricFilter",
          ],
          requestParameters: {
            logGroupName: ["{{logGroup}}", "/aws/lambda/{{prefix}}-alerts", "/aws/lambda/{{prefix}}-notifier"],
          },
        },
        {
          // The table reads and writes with the key by a grant.
          eventName: ["DisableKey", "ScheduleKeyDeletion", "PutKeyPolicy", "DisableKeyRotation", "RevokeGrant"],
          // By id or by ARN.
          requestParameters: { keyId: [{ suffix: "{{archiveKeyId}}" }, { suffix: "{{alertsKeyId}}" }] },
        },
      ],
    },
  },
};
