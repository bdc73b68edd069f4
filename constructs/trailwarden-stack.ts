import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Annotations, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Config } from "../config/schema";
import type { Detection } from "../lambda-src/detections/detection";
import { Alarms } from "./alarms";
import { AlertFunction, FUNCTION_TIMEOUT_SECONDS } from "./alert-function";
import { AlertsKey } from "./alerts-key";
import { ArchiveKey } from "./archive-key";
import { addBackend } from "./backend";
import { DeadLetterQueue } from "./dead-letter-queue";
import { DeliveriesSubscription } from "./deliveries-subscription";
import { DeliveriesTopic } from "./deliveries-topic";
import { Deployment } from "./deployment";
import { DetectionRules, ruleArns } from "./detection-rules";
import type { FunctionZip } from "./function-zip";
import { LogArchive } from "./log-archive";
import { PeopleTopic } from "./people-topic";
import { Subscribers } from "./subscribers";
import { Trail } from "./trail";
import { TrailLogGroup } from "./trail-log-group";
import { WorkQueue } from "./work-queue";

export interface TrailwardenStackProps {
  readonly config: Config;
  readonly catalogue: readonly Detection[];
  readonly zip: FunctionZip;
  /** Shown by the `cdktf` command and kept in the manifest. */
  readonly warnings: readonly string[];
}

/** Everything that trailwarden deploys, in the order in which events flow. */
export class TrailwardenStack extends TerraformStack {
  constructor(scope: Construct, id: string, { config, catalogue, zip, warnings }: TrailwardenStackProps) {
    super(scope, id);
    for (const warning of warnings) Annotations.of(this).addWarning(warning);
    addBackend(this, id, config);
    new AwsProvider(this, "Aws", { region: config.region, defaultTags: [{ tags: config.tags }] });
    const { accountId } = new DataAwsCallerIdentity(this, "Account");
    const { partition } = new DataAwsPartition(this, "Partition");
    const deployment = new Deployment(partition, accountId, config.region, config.namePrefix);
    const detections = catalogue.filter(({ id }) => !config.disabledDetections.includes(id));

    const trailArn = deployment.arn("cloudtrail", `trail/${config.trailName}`);
    const trailLogGroupName = `/aws/cloudtrail/${config.trailName}`;
    const functionLogGroupName = `/aws/lambda/${deployment.name("alerts")}`;
    const logGroupArns = [trailLogGroupName, functionLogGroupName].map((name) =>
      deployment.arn("logs", `log-group:${name}`),
    );

    const archiveKey = new ArchiveKey(this, "ArchiveKey", { deployment, trailArn, logGroupArns });
    const archive = new LogArchive(this, "LogArchive", {
      deployment,
      trailArn,
      keyArn: archiveKey.arn,
      key: archiveKey.key,
      bucketName: config.bucketName ?? deployment.name(`logs-${accountId}-${config.region}`),
      transitionDays: config.archiveTransitionDays,
      retentionDays: config.archiveRetentionDays,
    });
    const trailLogGroup = new TrailLogGroup(this, "TrailLogGroup", {
      deployment,
      keyArn: archiveKey.arn,
      logGroupName: trailLogGroupName,
      retentionDays: config.logGroupRetentionDays,
    });
    const deliveries = new DeliveriesTopic(this, "DeliveriesTopic", {
      topicName: deployment.name("deliveries"),
      trailArn,
      keyArn: archiveKey.arn,
    });
    const trail = new Trail(this, "Trail", {
      trailName: config.trailName,
      keyArn: archiveKey.arn,
      bucket: archive,
      logGroup: trailLogGroup,
      deliveriesTopicName: deliveries.topicName,
      dependsOn: [...archive.writable, ...trailLogGroup.writable, ...deliveries.writable],
    });

    const alertsTopicArn = deployment.arn("sns", config.alertsTopicName);
    const urgentTopicArn = deployment.arn("sns", config.urgentTopicName);
    const queueProps = { deployment, functionTimeoutSeconds: FUNCTION_TIMEOUT_SECONDS };
    const eventBridge = { service: "events.amazonaws.com", sourceArns: ruleArns(detections, deployment) };
    const undeliveredNotices = new DeadLetterQueue(this, "SubscriptionDeadLetters", {
      queueName: deployment.name("subscriptions-dlq"),
      senders: [{ service: "sns.amazonaws.com", sourceArns: [deliveries.arn, alertsTopicArn, urgentTopicArn] }],
    });
    const undeliveredEvents = new DeadLetterQueue(this, "TargetDeadLetters", {
      queueName: deployment.name("targets-dlq"),
      senders: [eventBridge],
    });
    const deliveriesQueue = new WorkQueue(this, "DeliveriesQueue", {
      ...queueProps,
      thing: "deliveries",
      senders: [{ service: "sns.amazonaws.com", sourceArns: [deliveries.arn] }],
    });
    const eventsQueue = new WorkQueue(this, "EventsQueue", { ...queueProps, thing: "events", senders: [eventBridge] });
    new DeliveriesSubscription(this, "DeliveriesSubscription", {
      topicArn: deliveries.arn,
      queueArn: deliveriesQueue.arn,
      deadLetterArn: undeliveredNotices.arn,
      dependsOn: [...deliveriesQueue.writable, ...undeliveredNotices.writable],
    });

    const alertsKey = new AlertsKey(this, "AlertsKey", { deployment });
    const alerts = new PeopleTopic(this, "AlertsTopic", {
      topicName: config.alertsTopicName,
      displayName: "trailwarden",
      keyArn: alertsKey.arn,
    });
    const urgent = new PeopleTopic(this, "UrgentTopic", {
      topicName: config.urgentTopicName,
      displayName: "trailwarden",
      keyArn: alertsKey.arn,
      publishers: [
        { sid: "EventBridgePublishes", service: "events.amazonaws.com" },
        {
          sid: "AlarmsPublish",
          service: "cloudwatch.amazonaws.com",
          condition: { ArnLike: { "aws:SourceArn": deployment.arn("cloudwatch", `alarm:${deployment.name("*")}`) } },
        },
      ],
    });
    new DetectionRules(this, "DetectionRules", {
      deployment,
      detections,
      eventsQueueArn: eventsQueue.arn,
      urgentTopicArn: urgent.arn,
      deadLetterArn: undeliveredEvents.arn,
      dependsOn: [...eventsQueue.writable, ...urgent.writable, ...undeliveredEvents.writable],
    });
    const failedInvocations = new DeadLetterQueue(this, "InvocationDeadLetters", {
      queueName: deployment.name("invocations-dlq"),
    });
    const alertFunction = new AlertFunction(this, "AlertFunction", {
      deployment,
      zip,
      logGroupName: functionLogGroupName,
      logRetentionDays: config.logGroupRetentionDays,
      disabledDetections: config.disabledDetections,
      archive: { arn: archive.arn, keyArn: archiveKey.arn },
      alerts: { topicArn: alerts.arn, keyArn: alertsKey.arn },
      eventsQueueArn: eventsQueue.arn,
      deliveriesQueueArn: deliveriesQueue.arn,
      deadLetterArn: failedInvocations.arn,
    });
    new Subscribers(this, "Subscribers", {
      subscribers: config.subscribers,
      alertsTopicArn: alerts.arn,
      urgentTopicArn: urgent.arn,
      deadLetterArn: undeliveredNotices.arn,
    });
    new Alarms(this, "Alarms", {
      deployment,
      urgentTopicArn: urgent.arn,
      deliveriesTopicName: deliveries.topicName,
      functionName: alertFunction.functionName,
      functionLogGroupName: alertFunction.logGroupName,
      deadLetterQueueNames: {
        Events: eventsQueue.deadLetters.queueName,
        Deliveries: deliveriesQueue.deadLetters.queueName,
        Subscription: undeliveredNotices.queueName,
        Target: undeliveredEvents.queueName,
        Invocation: failedInvocations.queueName,
      },
    });

    const outputs: Record<string, readonly [description: string, value: string]> = {
      AlertsTopicArn: ["Topic of the alerts that the function publishes", alerts.arn],
      UrgentTopicArn: ["Topic of what EventBridge and the alarms tell themselves", urgent.arn],
      TrailArn: ["The trail", trail.arn],
      LogArchiveBucket: ["Bucket of CloudTrail's log files", archive.bucketName],
      FunctionName: ["The alert function", alertFunction.functionName],
    };
    for (const [name, [description, value]] of Object.entries(outputs)) {
      new TerraformOutput(this, name, { description, value }).overrideLogicalId(
        name.replace(/(?!^)([A-Z])/g, "_$1").toLowerCase(),
      );
    }
  }
}
