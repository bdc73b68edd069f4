import type { Detection } from "../../definition/detection";

const ours = [{ prefix: "{{prefix}}-" }];
/** The one rule whose name may not begin with the prefix. */
const ourRules = [...ours, "{{callerIdentityRule}}"];

export const monitoringChanged: Detection = {
  id: "monitoring-changed",
  title: "Monitoring rules, schedules or alarms changed",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.001", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html",
    "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DisableAlarmActions.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html",
  ],
  why: "Without its rules, the monitor detects calls minutes later, not within seconds. Without its schedules, it sends no summaries. Without its alarms, its failures go unnoticed.",
  runbook: {
    check: "Did a deployment do it? terraform plan shows the differences.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Restore it with terraform apply.",
    undo: {
      DisableRule: "aws events enable-rule --region <awsRegion> --name <requestParameters.name>",
      DisableAlarmActions:
        "aws cloudwatch enable-alarm-actions --region <awsRegion> --alarm-names <requestParameters.alarmNames>",
    },
  },
  services: "evaluated",
  deployers: "ignored",
  pattern: {
    source: ["aws.events", "aws.scheduler", "aws.monitoring"],
    detail: {
      $or: [
        {
          eventName: [
            "PutRule",
            "DeleteRule",
            "DisableRule",
            "UpdateSchedule",
            "DeleteSchedule",
            "DeleteScheduleGroup",
          ],
          requestParameters: { name: ourRules },
        },
        { eventName: ["PutTargets", "RemoveTargets"], requestParameters: { rule: ourRules } },
        { eventName: ["DeleteAlarms", "DisableAlarmActions"], requestParameters: { alarmNames: ours } },
        {
          eventName: ["PutMetricAlarm", "PutCompositeAlarm", "PutLogAlarm", "SetAlarmState"],
          requestParameters: { alarmName: ours },
        },
        // A mute rule that names no alarms may mute all.
        {
          eventName: ["PutAlarmMuteRule"],
          requestParameters: { muteTargets: { alarmNames: [...ours, { exists: false }] } },
        },
      ],
    },
  },
};
