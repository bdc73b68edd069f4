// Over 250 lines: everything that is deployed, in the order in which events flow.
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Annotations, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { accountTagKeys } from "../config/account-tag-keys";
import { settingsOf } from "../config/function-environment/write";
import { namesOf } from "../config/names";
import type { Config } from "../config/schema";
import { suppressionWarnings } from "../config/suppressions/warnings";
import { eventRegions } from "../config/watched-regions";
import { rootGetCallerIdentity } from "../detection/catalogue/root-user/root-get-caller-identity";
import type { GivenNames } from "../detection/definition/names";
import { switchedOn } from "../detection/definition/switched-on";
import { checkConstruct } from "./deployable/check-deployable";
import { Deployable } from "./deployable/deployable";
import type { TrailwardenProps } from "./deployable/trailwarden-props";
import { Deployment } from "./deployment/deployment";
import type { StatementsToAdd } from "./deployment/origin";
import { AlertFunction, FUNCTION_TIMEOUT_SECONDS } from "./function/alert-function";
import { addAlertTopics } from "./messaging/add-alert-topics";
import { DeadLetterQueue } from "./messaging/dead-letter-queue";
import { DeliveriesSubscription } from "./messaging/deliveries-subscription";
import { Schedules } from "./messaging/schedules";
import { Subscribers } from "./messaging/subscribers";
import { WorkQueue } from "./messaging/work-queue";
import { addNotifier, notifierLogGroupName } from "./notifier/add-notifier";
import { ChannelQueue } from "./notifier/channel-queue";
import { addRecording } from "./recording/add-recording";
import { DetectionRules, ruleArns } from "./rules/detection-rules";
import { nameClashes } from "./stack/name-clashes";
import { addPlanChecks } from "./stack/plan-checks";
import { regionProblems } from "./stack/provider-region";
import { renderTokens } from "./stack/render-tokens";
import { SeenTable } from "./storage/seen-table";
import { Alarms } from "./watching/alarms";

/** A topic of alerts. */
export interface AlertTopic {
  readonly arn: string;
  readonly topicName: string;
}

/**
 * Monitors the account with CloudTrail: trail, log archive, detections, the alert function, two topics and the alarms on
 * the monitor itself, in the order in which events flow.
 *
 * The stack that it stands in needs a backend and an AWS provider of its own. The provider's `region` must be that of the
 * props, and its `default_tags` are put on every resource. One account and region holds several of them if each has its own
 * `namePrefix`, `trailName`, `alertsTopicName` and `urgentTopicName`.
 *
 * With the id "Default" it leaves no trace in the addresses of its resources, as in CDK; they are a contract.
 */
export class Trailwarden extends Construct {
  /** Topic for the alerts that the function publishes. */
  readonly alertsTopic: AlertTopic;
  /** Topic for direct EventBridge and CloudWatch alerts. */
  readonly urgentTopic: AlertTopic;
  /** Bucket of CloudTrail's log files, and the key that encrypts them. */
  readonly logArchive: { readonly arn: string; readonly bucketName: string; readonly keyArn: string };
  readonly trail: { readonly arn: string };
  /** Topic for Amazon Q Developer in chat applications; undefined where no channel needs it. */
  readonly chatTopic: AlertTopic | undefined;
  readonly alertFunction: { readonly functionName: string; readonly logGroupName: string };
  /** What is allowed but probably not meant, a line each. The `cdktf` command shows them, too. */
  readonly warnings: readonly string[];
  /**
   * Statements that the owners of existing resources must add to their policies, for people to read. Only resources of mode
   * "existing" have any.
   */
  readonly statementsToAdd: readonly StatementsToAdd[];
  /** The same as Terraform has them. @internal */
  readonly statementsWithTokens: readonly StatementsToAdd[];
  private readonly config: Config;

  /**
   * @throws ConfigurationError with one line for every problem: key, value, what is allowed
   * @throws SynthError when AWS would refuse what is asked for
   */
  constructor(scope: Construct, id: string, props?: TrailwardenProps);
  /** What has been checked already, by the programs that read `cdktf.json`. @internal */
  constructor(scope: Construct, id: string, deployable: Deployable);
  constructor(scope: Construct, id: string, props: TrailwardenProps | Deployable = {}) {
    super(scope, id);
    const { catalogue, zip, notifierZip, ...given } = props instanceof Deployable ? props : checkConstruct(props);
    const stack = TerraformStack.of(this);
    const module = given.parameterize?.(stack);
    const config = module?.config ?? given.config;
    if (module) new DataAwsRegion(this, "Region");
    else
      this.node.addValidation({
        validate: () => [...regionProblems(stack, config.region), ...this.nameClashes(stack)],
      });
    this.config = config;
    const account = new DataAwsCallerIdentity(this, "Account");
    const { accountId } = account;
    const { partition } = new DataAwsPartition(this, "Partition");
    // Subscribers that are a module's variable are its caller's to look at.
    addPlanChecks(account, module ? { ...given.config, subscribers: [] } : config);
    const deployment = new Deployment(partition, accountId, config.region, config.namePrefix, {
      ...(config.rolePath !== "/" && { path: config.rolePath }),
      ...(config.permissionsBoundary !== undefined && { permissionsBoundary: config.permissionsBoundary }),
    });
    const detections = switchedOn(catalogue, config);
    const names = namesOf(config);

    const functionLogGroupName = `/aws/lambda/${deployment.name("alerts")}`;
    const { trail, archive, archiveKey, deliveries, ...recording } = addRecording(this, deployment, config, [
      functionLogGroupName,
      ...(notifierZip ? [notifierLogGroupName(deployment)] : []),
    ]);

    const topicArns = [names.alertsTopicName, names.urgentTopicName].map((name) => deployment.arn("sns", name));
    const queueProps = { deployment, functionTimeoutSeconds: FUNCTION_TIMEOUT_SECONDS };
    const eventBridge = { service: "events.amazonaws.com", sourceArns: ruleArns(detections, deployment) };
    const undeliveredNotices = new DeadLetterQueue(this, "SubscriptionDeadLetters", {
      queueName: deployment.name("subscriptions-dlq"),
      senders: [{ service: "sns.amazonaws.com", sourceArns: [deliveries.arn, ...topicArns] }],
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

    const { alerts, urgent, key: alertsKey, ...alertTopics } = addAlertTopics(this, deployment, config);
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
    const settings = { ...settingsOf(config), ...module?.settings };
    const topics = { alertsTopicArn: alerts.arn, urgentTopicArn: urgent.arn, deadLetterArn: undeliveredNotices.arn };
    const channelQueue =
      notifierZip &&
      new ChannelQueue(this, "ChannelQueue", { deployment, ...topics, dependsOn: undeliveredNotices.writable }).queue;
    const schedules = new Schedules(this, "Schedules", {
      deployment,
      queueArn: eventsQueue.arn,
      channelQueueArn: channelQueue?.arn,
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
      settings,
      accountTags: accountTagKeys(config.channels),
      organization: config.organization,
      names: placeholders,
      regions: eventRegions(config),
      archive: { arn: archive.arn, keyArn: archiveKey.arn },
      alerts: {
        topicArn: alerts.arn,
        keyArn: config.resources.alertsTopic.mode === "existing" ? config.resources.alertsTopic.keyArn : alertsKey.arn,
      },
      seenTable,
      environmentKeyArn: alertsKey.arn,
      eventsQueue,
      deliveriesQueue,
      deadLetterArn: failedInvocations.arn,
    });
    const notifier =
      channelQueue &&
      addNotifier(this, config, {
        deployment,
        zip: notifierZip,
        logKeyArn: archiveKey.arn,
        settings,
        queue: channelQueue,
        seenTable,
        keyArn: alertsKey.arn,
      });
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
        ...(channelQueue && { Channel: channelQueue.deadLetters.queueName }),
      },
      notifier,
      watchesRegions: eventRegions(config).length > 0,
      watchesAccounts: config.organization !== undefined,
    });

    const warnings = [...given.warnings, ...suppressionWarnings(given.config.suppressions)];
    for (const warning of warnings) Annotations.of(this).addWarning(warning);
    this.warnings = [...warnings, ...rules.warnings];
    this.alertsTopic = alerts;
    this.urgentTopic = urgent;
    this.logArchive = { arn: archive.arn, bucketName: archive.bucketName, keyArn: archiveKey.arn };
    this.trail = trail;
    this.alertFunction = alertFunction;
    this.chatTopic = notifier?.chatTopic;
    this.statementsWithTokens = [...recording.statementsToAdd, ...alertTopics.statementsToAdd];
    this.statementsToAdd = renderTokens(this, this.statementsWithTokens, {
      ACCOUNT_ID: accountId,
      aws: partition,
    });
  }

  /** With those that stand before it, so that each is reported once. */
  private nameClashes(stack: TerraformStack): readonly string[] {
    const all = stack.node.findAll().filter((construct) => construct instanceof Trailwarden);
    return all.slice(0, all.indexOf(this)).flatMap((other) => nameClashes(this.config, other.config));
  }
}
