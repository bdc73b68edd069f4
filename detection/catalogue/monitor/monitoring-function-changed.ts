import type { Detection } from "../../definition/detection";
import type { PatternCondition } from "../../pattern/pattern";

/** The alert function and the notifier. */
const functions = ["{{prefix}}-alerts", "{{prefix}}-notifier"];
const prefix = (value: string): PatternCondition => ({ prefix: value });
const ofFunction = (name: string): PatternCondition => ({ suffix: `:function:${name}` });

export const monitoringFunctionChanged: Detection = {
  id: "monitoring-function-changed",
  title: "Monitoring function or its IAM roles changed",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.001", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html",
  ],
  why: "The function's code, concurrency, queues and permissions decide which alerts are sent.",
  runbook: {
    check: "Did a deployment do it? terraform plan shows the differences.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain:
      "Restore it with terraform apply. Messages that the function didn't process wait in the queues for four days. If other code processed them, replay that period's log files to find missed alerts.",
    undo: {
      AddPermission:
        "aws lambda remove-permission --region <awsRegion> --function-name <requestParameters.functionName> --statement-id <requestParameters.statementId>",
      CreateFunctionUrlConfig:
        "aws lambda delete-function-url-config --region <awsRegion> --function-name <requestParameters.functionName>",
      UpdateEventSourceMapping:
        "aws lambda update-event-source-mapping --region <awsRegion> --uuid <requestParameters.uUID> --enabled",
      AttachRolePolicy:
        "aws iam detach-role-policy --role-name <requestParameters.roleName> --policy-arn <requestParameters.policyArn>",
      PutRolePermissionsBoundary: "aws iam delete-role-permissions-boundary --role-name <requestParameters.roleName>",
    },
  },
  services: "evaluated",
  deployers: "ignored",
  pattern: {
    source: ["aws.lambda", "aws.iam"],
    detail: {
      $or: [
        {
          // Names carry a version: UpdateFunctionCode20150331v2.
          eventName: [
            ...["CreateFunctionUrlConfig", "DeleteFunction", "UpdateFunction"].map(prefix),
            ...["PutFunction", "PutRuntimeManagementConfig"].map(prefix),
            ...["AddPermission", "RemovePermission", "UpdateEventSourceMapping"].map(prefix),
          ],
          // By name, name and version, part of the ARN, or all of it.
          requestParameters: {
            $or: [
              {
                functionName: functions.flatMap((name) => [
                  name,
                  prefix(`${name}:`),
                  { wildcard: `*:function:${name}:*` },
                ]),
              },
              // EventBridge may mix up wildcards and suffixes of one field.
              { functionName: functions.map(ofFunction) },
            ],
          },
        },
        {
          // Both replace the function's policy, statements of AddPermission and all.
          eventName: ["PutResourcePolicy", "DeleteResourcePolicy"].map(prefix),
          requestParameters: {
            $or: [
              { resourceArn: functions.map((name) => ({ wildcard: `*:function:${name}:*` })) },
              { resourceArn: functions.map(ofFunction) },
            ],
          },
        },
        {
          // The request names the mapping by its UUID alone; the answer says whose it is.
          eventName: ["UpdateEventSourceMapping", "DeleteEventSourceMapping"].map(prefix),
          responseElements: { functionArn: functions.map(ofFunction) },
        },
        {
          eventName: [
            "DeleteRole",
            "UpdateRole",
            "UpdateAssumeRolePolicy",
            "PutRolePolicy",
            "DeleteRolePolicy",
            "AttachRolePolicy",
            "DetachRolePolicy",
            "PutRolePermissionsBoundary",
            "DeleteRolePermissionsBoundary",
          ],
          requestParameters: {
            roleName: [
              ...["alerts", "notifier", "schedules", "trail-logs"].map((role) => `{{prefix}}-${role}-{{region}}`),
              // Forwarders' roles, in member accounts too.
              prefix("{{prefix}}-forward-"),
            ],
          },
        },
      ],
    },
  },
};
