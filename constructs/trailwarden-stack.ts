import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Annotations, App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { settingsOf } from "../config/function-environment/write";
import { namesOf } from "../config/names";
import type { Config } from "../config/schema";
import { suppressionWarnings } from "../config/suppressions/warnings";
import { rootGetCallerIdentity } from "../detection/catalogue/root-user/root-get-caller-identity";
import type { Detection } from "../detection/definition/detection";
import type { GivenNames } from "../detection/definition/names";
import { switchedOn } from "../detection/definition/switched-on";
import { Alarms, undeliveredName } from "./alarms";
import { AlertFunction, FUNCTION_TIMEOUT_SECONDS } from "./alert-function";
import { AlertsKey, urgentPublishers } from "./alerts-key";
import { ArchiveKey } from "./archive-key";
import { addAwsProvider } from "./aws-provider";
import { addBackend } from "./backend";
import { DeadLetterQueue } from "./dead-letter-queue";
import { DeliveriesSubscription } from "./deliveries-subscription";
import { DeliveriesTopic } from "./deliveries-topic";
import { Deployment } from "./deployment";
import { DetectionRules, ruleArns } from "./detection-rules";
import type { FunctionZip } from "./function-zip";
import { inWords } from "./in-words";
import { LogArchive } from "./log-archive";
import type { ModuleParameters } from "./module-parameters";
import { type StatementsToAdd, statementsToAdd } from "./origin";
import { PeopleTopic } from "./people-topic";
import { addPlanChecks } from "./plan-checks";
import { Schedules } from "./schedules";
import { SeenTable } from "./seen-table";
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
  /**
   * Declares variables on the stack, for a Terraform module.
   *
   * @default - the configuration's values stand in the JSON
   */
  readonly parameterize?: (stack: TerraformStack) => ModuleParameters;
}

/** Everything that trailwarden deploys, in the order in which events flow. */
export class TrailwardenStack extends TerraformStack {
  /** Topic of the alerts that the function publishes, and topic of what EventBridge and the alarms tell themselves. */
  readonly alertsTopicArn: string;
  readonly urgentTopicArn: string;
  /** What its makers should know: of the configuration, and of the detections' patterns. */
  readonly warnings: readonly string[];
  /** What the owners of resources that are used as they are have to add, for people: account and partition by name. */
  readonly statementsToAdd: readonly StatementsToAdd[];

  /** Resolves everything once more, to find what refers to other stacks: not where there is none. */
  override prepareStack(): void {
    if (App.of(this).node.findAll().filter(TerraformStack.isStack).length > 1) super.prepareStack();
    else this.ensureBackendExists();
  }

  constructor(scope: Construct, id: string, props: TrailwardenStackProps) {
    super(scope, id);
    const { catalogue, zip } = props;
    const warnings = [...props.warnings, ...suppressionWarnings(props.config.suppressions)];
    for (const warning of warnings) Annotations.of(this).addWarning(warning);
    addBackend(this, id, props.config);
    addAwsProvider(this, props.config);
    const module = props.parameterize?.(this);
    const config = module?.config ?? props.config;
    if (module) new DataAwsRegion(this, "Region");
    const { accountId } = new DataAwsCallerIdentity(this, "Account");
    const { partition } = new DataAwsPartition(this, "Partition");
    // Subscribers that are a module's variable are its caller's to look at.
    addPlanChecks(this, module ? { ...props.config, subscribers: [] } : config);
    const deployment = new Deployment(partition, accountId, config.region, config.namePrefix, {
      ...(config.rolePath !== "/" && { path: config.rolePath }),
      ...(config.permissionsBoundary !== undefined && { permissionsBoundary: config.permissionsBoundary }),
    });
    const detections = switchedOn(catalogue, config);

    const names = namesOf(config);
    const { resources } = config;
    const trailArn =
      resources.trail.mode === "create" ? deployment.arn("cloudtrail", `trail/${names.trailName}`) : resources.trail.id;
    const functionLogGroupName = `/aws/lambda/${deployment.name("alerts")}`;
    const logGroupArns = [names.logGroupName, functionLogGroupName].map((name) =>
      deployment.arn("logs", `log-group:${name}`),
    );

    const archiveKey = new ArchiveKey(this, "ArchiveKey", {
      deployment,
      trailArn,
      logGroupArns,
      origin: resources.archiveKey,
    });
    const archive = new LogArchive(this, "LogArchive", {
      deployment,
      trailArn,
      keyArn: archiveKey.arn,
      key: archiveKey.dependables,
      origin: resources.bucket,
      bucketName: names.bucketName ?? deployment.name(`logs-${accountId}-${config.region}`),
      transitionDays: config.archiveTransitionDays,
      retentionDays: config.archiveRetentionDays,
    });
    // A trail that is used as it is keeps the log group it has.
    const trailLogGroup =
      resources.trail.mode === "existing"
        ? undefined
        : new TrailLogGroup(this, "TrailLogGroup", {
            deployment,
            keyArn: archiveKey.arn,
            logGroupName: names.logGroupName,
            retentionDays: config.logGroupRetentionDays,
            origin: resources.logGroup,
          });
    const deliveries = new DeliveriesTopic(this, "DeliveriesTopic", {
      topicName: names.deliveriesTopicName,
      origin: resources.deliveriesTopic,
      trailArn,
      keyArn: archiveKey.arn,
    });
    const trail = new Trail(this, "Trail", {
      trailName: names.trailName,
      origin: resources.trail,
      keyArn: archiveKey.arn,
      bucket: archive,
      logGroup: trailLogGroup,
      deliveriesTopicName: deliveries.topicName,
      dependsOn: [...archive.writable, ...(trailLogGroup?.writable ?? []), ...deliveries.writable],
    });

    const alertsTopicArn = deployment.arn("sns", names.alertsTopicName);
    const urgentTopicArn = deployment.arn("sns", names.urgentTopicName);
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
      role: "alertsTopic",
      origin: resources.alertsTopic,
      topicName: names.alertsTopicName,
      displayName: "trailwarden",
      keyArn: alertsKey.arn,
      publishers: [
        {
          sid: "AlarmPublishes",
          service: "cloudwatch.amazonaws.com",
          condition: {
            ArnEquals: {
              "aws:SourceArn": deployment.arn("cloudwatch", `alarm:${undeliveredName("urgent", deployment)}`),
            },
          },
        },
      ],
    });
    const urgent = new PeopleTopic(this, "UrgentTopic", {
      role: "urgentTopic",
      origin: resources.urgentTopic,
      topicName: names.urgentTopicName,
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
    const placeholders: GivenNames = {
      prefix: config.namePrefix,
      partition,
      account: accountId,
      region: config.region,
      bucket: archive.bucketName,
      trail: names.trailName,
      logGroup: names.logGroupName,
      deliveriesTopic: names.deliveriesTopicName,
      alertsTopic: names.alertsTopicName,
      urgentTopic: names.urgentTopicName,
      archiveKeyId: archiveKey.keyId,
      alertsKeyId: alertsKey.keyId,
      ...(deployment.roles.path !== undefined && { rolePath: deployment.roles.path }),
      callerIdentityRule: deployment.ruleName(rootGetCallerIdentity),
    };
    const rules = new DetectionRules(this, "DetectionRules", {
      deployment,
      detections,
      budget: config.ruleBudget,
      names: placeholders,
      eventsQueueArn: eventsQueue.arn,
      urgentTopicArn: urgent.arn,
      deadLetterArn: undeliveredEvents.arn,
      dependsOn: [...eventsQueue.writable, ...urgent.writable, ...undeliveredEvents.writable],
      ruleCount: module?.ruleCount,
    });
    this.warnings = [...warnings, ...rules.warnings];
    const schedules = new Schedules(this, "Schedules", {
      deployment,
      queueArn: eventsQueue.arn,
      deadLetterArn: undeliveredEvents.arn,
      keyArn: alertsKey.arn,
    });
    const seenTable = new SeenTable(this, "SeenTable", { deployment, keyArn: alertsKey.arn });
    const failedInvocations = new DeadLetterQueue(this, "InvocationDeadLetters", {
      queueName: deployment.name("invocations-dlq"),
    });
    const alertFunction = new AlertFunction(this, "AlertFunction", {
      deployment,
      zip,
      logGroupName: functionLogGroupName,
      logRetentionDays: config.logGroupRetentionDays,
      settings: { ...settingsOf(config), ...module?.settings },
      names: placeholders,
      archive: { arn: archive.arn, keyArn: archiveKey.arn },
      alerts: {
        topicArn: alerts.arn,
        keyArn: resources.alertsTopic.mode === "existing" ? resources.alertsTopic.keyArn : alertsKey.arn,
      },
      seenTable,
      environmentKeyArn: alertsKey.arn,
      eventsQueue,
      deliveriesQueue,
      deadLetterArn: failedInvocations.arn,
    });
    this.alertsTopicArn = alerts.arn;
    this.urgentTopicArn = urgent.arn;
    const topics = { alertsTopicArn: alerts.arn, urgentTopicArn: urgent.arn, deadLetterArn: undeliveredNotices.arn };
    if (module) module.subscribe(this, topics);
    else new Subscribers(this, "Subscribers", { ...topics, subscribers: config.subscribers });
    new Alarms(this, "Alarms", {
      deployment,
      alerts,
      urgent,
      deliveriesTopicName: deliveries.topicName,
      functionName: alertFunction.functionName,
      functionLogGroupName: alertFunction.logGroupName,
      scheduleGroupName: schedules.groupName,
      deadLetterQueueNames: {
        Events: eventsQueue.deadLetters.queueName,
        Deliveries: deliveriesQueue.deadLetters.queueName,
        Subscription: undeliveredNotices.queueName,
        Target: undeliveredEvents.queueName,
        Invocation: failedInvocations.queueName,
      },
    });

    const owed = [
      ...archiveKey.statementsToAdd,
      ...archive.statementsToAdd,
      ...deliveries.statementsToAdd,
      ...alerts.statementsToAdd,
      ...urgent.statementsToAdd,
      ...(resources.alertsTopic.mode === "existing" && resources.alertsTopic.keyArn !== undefined
        ? statementsToAdd(
            { mode: "existing", id: resources.alertsTopic.keyArn },
            "alertsTopic.keyArn",
            ...urgentPublishers(deployment).filter(({ Sid }) => Sid === "AlarmsPublish"),
          )
        : []),
      ...(resources.urgentTopic.mode === "existing" && resources.urgentTopic.keyArn !== undefined
        ? statementsToAdd(
            { mode: "existing", id: resources.urgentTopic.keyArn },
            "urgentTopic.keyArn",
            ...urgentPublishers(deployment),
          )
        : []),
    ];
    this.statementsToAdd = owed.map((statement) => inWords(this, statement));

    const outputs: Record<string, readonly [description: string, value: string]> = {
      AlertsTopicArn: ["Topic of the alerts that the function publishes", alerts.arn],
      UrgentTopicArn: ["Topic of what EventBridge and the alarms tell themselves", urgent.arn],
      TrailArn: ["The trail", trail.arn],
      LogArchiveBucket: ["Bucket of CloudTrail's log files", archive.bucketName],
      FunctionName: ["The alert function", alertFunction.functionName],
    };
    if (owed.length > 0) {
      outputs.StatementsToAdd = [
        "Statements that the owners of resources used as they are have to add to their policies",
        JSON.stringify(owed),
      ];
    }
    for (const [name, [description, value]] of Object.entries(outputs)) {
      const logicalId = name.replace(/(?!^)([A-Z])/g, "_$1").toLowerCase();
      new TerraformOutput(this, name, { description, value }).overrideLogicalId(logicalId);
    }
  }
}
