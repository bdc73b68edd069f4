// Over 250 lines: one alarm after the other, each with the words that its message needs.
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { Deployment } from "../deployment/deployment";

const HOUR = 3600;
/** Hours without a delivery after which the trail counts as silent; even an idle account has some events an hour. */
const SILENT_HOURS = 6;

/** Minutes that a message may wait for the notifier. */
const CHANNEL_DELAY_MINUTES = 15;

export interface AlarmsProps {
  readonly deployment: Deployment;
  /** The topics that people subscribe to. */
  readonly alerts: { readonly topicName: string; readonly arn: string };
  readonly urgent: { readonly topicName: string; readonly arn: string };
  /** The topic on which CloudTrail alone publishes; undefined where the function's own count of log files must do. */
  readonly deliveriesTopicName: string | undefined;
  readonly functionName: string;
  readonly functionLogGroupName: string;
  /** Name of the group of the schedules that wake the function. */
  readonly scheduleGroupName: string;
  /** The function that sends to channels, and its queue; undefined where no channels are configured. */
  readonly notifier:
    | { readonly functionName: string; readonly logGroupName: string; readonly queueName: string }
    | undefined;
  /** Whether forwarders bring events from other regions or accounts. */
  readonly watchesRegions: boolean;
  /** Whether accounts of an organization send their log files. */
  readonly watchesAccounts: boolean;
  /** Construct id of the alarm and the queue's name, per dead-letter queue. */
  readonly deadLetterQueueNames: Readonly<Record<string, string>>;
}

/** Name of the alarm on messages of a topic that didn't reach a subscriber: the other topic's policy lets it in. */
export function undeliveredName(role: "alerts" | "urgent", deployment: Deployment): string {
  return deployment.name(`${role}-undelivered`);
}

/** Alarms on the monitor itself: what it could not process or deliver, and silence. */
export class Alarms extends Construct {
  readonly #props: AlarmsProps;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.#props = props;
    for (const [queue, queueName] of Object.entries(props.deadLetterQueueNames)) {
      this.alarm(`${queue}DeadLetters`, {
        alarmName: `${queueName}-not-empty`,
        alarmDescription: `Messages in ${queueName} could not be delivered or processed: alerts may be missing. docs/dead-letters.md says how to find the reason and how to move them back after the fix.`,
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: queueName },
        statistic: "Maximum",
        period: 60,
      });
    }
    this.alarm("FunctionErrors", {
      alarmName: props.deployment.name("function-errors"),
      alarmDescription: "The alert function failed. Its messages are retried. Its log says why it failed.",
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: props.functionName },
      statistic: "Sum",
      period: 60,
    });
    this.processingErrors();
    this.silence();
    this.stoppedClock();
    this.undelivered();
    if (props.watchesRegions) this.missedEvents();
    if (props.watchesAccounts) this.silentAccounts();
    if (props.notifier) this.notifier(props.notifier);
  }

  /** Alerts that channels get late or not at all; their dead letters have an alarm like all others. */
  private notifier({ functionName, logGroupName, queueName }: NonNullable<AlarmsProps["notifier"]>): void {
    const { deployment } = this.#props;
    this.alarm("NotifierErrors", {
      alarmName: deployment.name("notifier-errors"),
      alarmDescription:
        "The notifier failed. Its messages are retried. Its log says why it failed. Subscribers are still notified.",
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: functionName },
      statistic: "Sum",
      period: 60,
    });
    const transformation = { name: "NotifierProcessingErrors", namespace: deployment.namePrefix, value: "1" };
    new CloudwatchLogMetricFilter(this, "NotifierMetric", {
      name: deployment.name("notifier-processing-errors"),
      logGroupName,
      pattern: '{ $.level = "WARN" }',
      metricTransformation: transformation,
    });
    this.alarm("NotifierProcessingErrors", {
      alarmName: deployment.name("notifier-processing-errors"),
      alarmDescription:
        "Processing errors of the notifier: a channel refused a message, or its secret could not be read. Its log says which channel and what to do. docs/channels.md lists the causes.",
      namespace: transformation.namespace,
      metricName: transformation.name,
      statistic: "Sum",
      period: 300,
    });
    this.alarm("ChannelDelay", {
      alarmName: deployment.name("channels-delayed"),
      alarmDescription: `A message has waited in ${queueName} for more than ${CHANNEL_DELAY_MINUTES} minutes: alerts reach a channel late. Its vendor may be down or throttling. The notifier's log says which channel. Subscribers are still notified.`,
      namespace: "AWS/SQS",
      metricName: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: queueName },
      statistic: "Maximum",
      period: 60,
      threshold: CHANNEL_DELAY_MINUTES * 60,
    });
  }

  /**
   * One of the topics didn't reach a subscriber. Email and SMS fail without a dead letter that says why; HTTPS counts every
   * try. The alarm stays for an hour, so that its own message, which fails there too, raises no next one.
   *
   * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
   */
  private undelivered(): void {
    const { deployment, alerts, urgent } = this.#props;
    const failed = (role: "alerts" | "urgent", topicName: string, alarmActions: string[]) =>
      this.alarm(role === "alerts" ? "AlertsUndelivered" : "UrgentUndelivered", {
        alarmName: undeliveredName(role, deployment),
        alarmDescription: `SNS failed to deliver a message of the ${role} topic to at least one subscriber. Check the topic's subscriptions: an HTTPS endpoint that is down, an SQS queue whose policy or key refuses SNS, an SMS number that opted out, a reached SMS spending limit.`,
        namespace: "AWS/SNS",
        metricName: "NumberOfNotificationsFailed",
        dimensions: { TopicName: topicName },
        statistic: "Sum",
        period: 300,
        evaluationPeriods: 12,
        datapointsToAlarm: 1,
        alarmActions,
      });
    failed("alerts", alerts.topicName, [urgent.arn]);
    // The urgent topic's other subscribers may be reached; if none is, those of the alerts topic who take every severity are.
    failed("urgent", urgent.topicName, [alerts.arn, urgent.arn]);
  }

  /** Records that could not be processed, and detections and suppressions that could not be used, from the function's closing log line. */
  private processingErrors(): void {
    const { deployment, functionLogGroupName } = this.#props;
    const transformation = { name: "ProcessingErrors", namespace: deployment.namePrefix, value: "1" };
    new CloudwatchLogMetricFilter(this, "FindingsMetric", {
      name: deployment.name("processing-errors"),
      logGroupName: functionLogGroupName,
      pattern: "{ ($.records.processingErrors > 0) || ($.detections.refused > 0) || ($.suppressions.refused > 0) }",
      metricTransformation: transformation,
    });
    this.alarm("Findings", {
      alarmName: deployment.name("processing-errors"),
      alarmDescription:
        "Processing errors: CloudTrail records could not be processed, or a detection or suppression could not be used. An alert may be missing. Look for \"can't be\" in the function's log.",
      namespace: transformation.namespace,
      metricName: transformation.name,
      statistic: "Sum",
      period: 300,
    });
  }

  /**
   * Events that forwarders should have brought within seconds; what only reads has a metric of its own and no alarm.
   *
   * In two hours of a day: now and then EventBridge takes longer than CloudTrail's log file does, and one such race, with all
   * events of its file, must not wake people. What is missing misses again.
   */
  private missedEvents(): void {
    const { deployment } = this.#props;
    this.alarm("EventPathMissed", {
      alarmName: deployment.name("event-path-missed"),
      alarmDescription: `In two hours of a day, alerts came minutes late: a log file brought their events before EventBridge did. Look for "event path missed" in the function's log: it names account and region. There, check the rules ${deployment.name("forward-*")} (enabled, with a target), the queue ${deployment.name("forward-dlq")} and the rules' role. See: aws events list-rules --region REGION --name-prefix ${deployment.name("forward-")}`,
      namespace: deployment.namePrefix,
      metricName: "EventPathMissed",
      statistic: "Sum",
      period: HOUR,
      evaluationPeriods: 24,
      datapointsToAlarm: 2,
    });
  }

  /** The daily digest counts an account's silence once. */
  private silentAccounts(): void {
    const { deployment } = this.#props;
    this.alarm("AccountsSilent", {
      alarmName: deployment.name("accounts-silent"),
      alarmDescription:
        "An account of the organization sends no log files: none for 24 hours where it sent some each day of the week before, else none for 7 days. The digest and the function's log name it. Was it closed or removed? If not, check that the organization trail still logs and that the bucket's and key's policies let it write. See: aws cloudtrail get-trail-status --name TRAIL_ARN",
      namespace: deployment.namePrefix,
      metricName: "AccountsSilent",
      statistic: "Sum",
      period: HOUR,
    });
  }

  private silence(): void {
    const { deployment, deliveriesTopicName, urgent } = this.#props;
    this.alarm("Silence", {
      alarmName: deployment.name("silent"),
      alarmDescription: `CloudTrail has delivered no log file for ${SILENT_HOURS} hours. It was stopped, or it may no longer write to the bucket or the topic. See: aws cloudtrail get-trail-status`,
      ...(deliveriesTopicName === undefined
        ? { namespace: deployment.namePrefix, metricName: "Objects" }
        : {
            namespace: "AWS/SNS",
            metricName: "NumberOfMessagesPublished",
            dimensions: { TopicName: deliveriesTopicName },
          }),
      statistic: "Sum",
      period: HOUR,
      evaluationPeriods: SILENT_HOURS,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
      // It fires at the first deployment, before the first log file: people should see that it is over.
      okActions: [urgent.arn],
    });
  }

  /** Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html */
  private stoppedClock(): void {
    const { deployment, scheduleGroupName, urgent } = this.#props;
    this.alarm("StoppedClock", {
      alarmName: deployment.name("clock-stopped"),
      alarmDescription:
        "EventBridge Scheduler has not started the alert function for half an hour: a schedule was disabled or deleted. Alerts are still sent. Summaries and the digest are not.",
      namespace: "AWS/Scheduler",
      metricName: "InvocationAttemptCount",
      dimensions: { ScheduleGroup: scheduleGroupName },
      statistic: "Sum",
      period: 900,
      evaluationPeriods: 2,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
      // It may fire at the first deployment, before the first schedule is due.
      okActions: [urgent.arn],
    });
  }

  private alarm(
    id: string,
    config: Omit<CloudwatchMetricAlarmConfig, "comparisonOperator" | "evaluationPeriods"> &
      Partial<CloudwatchMetricAlarmConfig>,
  ): void {
    new CloudwatchMetricAlarm(this, id, {
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: [this.#props.urgent.arn],
      ...config,
    });
  }
}
