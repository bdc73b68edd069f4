import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Aspects, type TerraformElement, type TerraformStack, TerraformVariable } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { type Config, LOG_GROUP_RETENTION_DAYS } from "../config/schema";
import { SEVERITIES } from "../lambda-src/detections/detection";
import type { SubscribersProps } from "./subscribers";

/** What a Terraform module leaves to whoever calls it, in place of the configuration's values. */
export interface ModuleParameters {
  /** The configuration, with variables where a value differs per deployment. */
  readonly config: Config;
  /** Expression of how many of a detection's rule there are: 0 where it is disabled. */
  readonly ruleCount: (detectionId: string) => string;
  /** Expression of the disabled detections' ids, joined by commas. */
  readonly disabledDetections: string;
  /** Subscribes whoever the variable names. */
  readonly subscribe: (scope: Construct, props: Omit<SubscribersProps, "subscribers">) => void;
}

const NAME = "^[\\w-]{1,256}$";

/**
 * Declares the module's variables; the configuration's values are their defaults.
 *
 * @param detectionIds what `disabled_detections` may name
 */
export function moduleParameters(
  stack: TerraformStack,
  config: Config,
  detectionIds: readonly string[],
): ModuleParameters {
  const text = (name: string, description: string, fallback: string, pattern: string, allowed: string) =>
    variable(stack, name, {
      type: "string",
      default: fallback,
      description,
      validation: [
        { condition: `\${can(regex(${JSON.stringify(pattern)}, var.${name}))}`, errorMessage: `Takes ${allowed}.` },
      ],
    });
  const number = (name: string, description: string, fallback: number, condition: string, allowed: string) =>
    variable(stack, name, {
      type: "number",
      default: fallback,
      description,
      validation: [{ condition: `\${${condition}}`, errorMessage: `Takes ${allowed}.` }],
    });
  const { resources } = config;
  const named = <T>(mode: string, declare: () => T, otherwise: T): T => (mode === "create" ? declare() : otherwise);

  const namePrefix = text(
    "name_prefix",
    "Starts the name of every resource that has no variable of its own",
    config.namePrefix,
    "^[a-z][a-z0-9-]{0,18}[a-z0-9]$",
    "2 to 20 lower-case letters, digits and -, beginning with a letter and not ending in -",
  ).stringValue;
  const trailName = named(
    resources.trail.mode,
    () =>
      text(
        "trail_name",
        "Name of the trail",
        config.trailName,
        "^[A-Za-z0-9][A-Za-z0-9._-]{1,126}[A-Za-z0-9]$",
        "3 to 128 letters, digits, ., _ and -, beginning and ending with a letter or digit",
      ).stringValue,
    config.trailName,
  );
  const bucketName = named(
    resources.bucket.mode,
    () => {
      variable(stack, "bucket_name", {
        type: "string",
        default: config.bucketName ?? "",
        description: "Bucket of the log archive; empty: derived from prefix, account and region",
      });
      return '${coalesce(var.bucket_name, join("-", [var.name_prefix, "logs", data.aws_caller_identity.Account.account_id, data.aws_region.Region.region]))}';
    },
    config.bucketName,
  );
  const topicName = (name: string, description: string, fallback: string) =>
    text(name, description, fallback, NAME, "letters, digits, - and _, at most 256").stringValue;
  const alertsTopicName = named(
    resources.alertsTopic.mode,
    () => topicName("alerts_topic_name", "Topic of the alerts that the function publishes", config.alertsTopicName),
    config.alertsTopicName,
  );
  const urgentTopicName = named(
    resources.urgentTopic.mode,
    () =>
      topicName(
        "urgent_topic_name",
        "Topic of what EventBridge and the alarms tell themselves",
        config.urgentTopicName,
      ),
    config.urgentTopicName,
  );
  const archiveTransitionDays = number(
    "archive_transition_days",
    "Days until log files move to GLACIER_IR: cheaper, still readable at once",
    config.archiveTransitionDays,
    "var.archive_transition_days >= 1",
    "a whole number of days from 1",
  ).numberValue;
  const archiveRetentionDays = number(
    "archive_retention_days",
    "Days that log files are kept",
    config.archiveRetentionDays,
    "var.archive_retention_days > var.archive_transition_days",
    "more days than archive_transition_days",
  ).numberValue;
  const logGroupRetentionDays = number(
    "log_group_retention_days",
    "Days that CloudWatch Logs keeps events",
    config.logGroupRetentionDays,
    `contains([${LOG_GROUP_RETENTION_DAYS.join(", ")}], var.log_group_retention_days)`,
    `one of the periods that CloudWatch Logs offers: ${LOG_GROUP_RETENTION_DAYS.join(", ")}`,
  ).numberValue as Config["logGroupRetentionDays"];
  const maxAlertsPerHour = number(
    "max_alerts_per_hour",
    "Alerts that the function publishes in an hour, critical ones aside",
    config.maxAlertsPerHour,
    "var.max_alerts_per_hour >= 1 && var.max_alerts_per_hour <= 10000 && floor(var.max_alerts_per_hour) == var.max_alerts_per_hour",
    "a whole number of alerts from 1 to 10000",
  ).numberValue;
  const rolePath = text(
    "role_path",
    "Path of every IAM role that is made",
    config.rolePath,
    "^/([A-Za-z0-9_+=,.@-]+/)*$",
    "a path that begins and ends with /, such as /security/",
  ).stringValue;
  variable(stack, "permissions_boundary", {
    type: "string",
    default: config.permissionsBoundary ?? "",
    description: "ARN of the policy that bounds what every IAM role that is made may do; empty: none",
    validation: [
      {
        condition:
          '${can(regex("^(arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9_+=,.@/-]{1,576})?$", var.permissions_boundary))}',
        errorMessage: "Takes the ARN of an IAM policy such as arn:aws:iam::111122223333:policy/boundary, or nothing.",
      },
    ],
  });
  variable(stack, "subscribers", {
    type: 'list(object({ protocol = string, endpoint = string, min_severity = optional(string, "medium") }))',
    default: config.subscribers.map(({ protocol, endpoint, minSeverity }) => ({
      protocol,
      endpoint,
      min_severity: minSeverity,
    })),
    description:
      "Who is told: protocol is email, sms, https or sqs; min_severity (critical, high, medium or low) counts on the alerts topic, the urgent topic tells everybody everything",
    validation: [
      {
        condition: '${alltrue([for s in var.subscribers : contains(["email", "sms", "https", "sqs"], s.protocol)])}',
        errorMessage: "A subscriber's protocol is email, sms, https or sqs.",
      },
      {
        condition: `\${alltrue([for s in var.subscribers : contains(${JSON.stringify(SEVERITIES)}, s.min_severity)])}`,
        errorMessage: `A subscriber's min_severity is one of: ${SEVERITIES.join(", ")}.`,
      },
    ],
  });
  variable(stack, "disabled_detections", {
    type: "set(string)",
    default: config.disabledDetections,
    description: `Ids of detections that are switched off: ${detectionIds.join(", ")}`,
    validation: [
      {
        condition: `\${length(setsubtract(var.disabled_detections, ${JSON.stringify(detectionIds)})) == 0}`,
        errorMessage: `Takes ids of detections: ${detectionIds.join(", ")}.`,
      },
    ],
  });
  variable(stack, "tags", { type: "map(string)", default: config.tags, description: "Put on every resource" });
  Aspects.of(stack).add({ visit: tagWithVariable });

  return {
    config: {
      ...config,
      region: "${data.aws_region.Region.region}",
      namePrefix,
      trailName,
      ...(bucketName !== undefined && { bucketName }),
      alertsTopicName,
      urgentTopicName,
      archiveTransitionDays,
      archiveRetentionDays,
      logGroupRetentionDays,
      maxAlertsPerHour,
      rolePath,
      permissionsBoundary: '${var.permissions_boundary == "" ? null : var.permissions_boundary}',
      subscribers: [],
      disabledDetections: [],
    },
    ruleCount: (id) => `\${contains(var.disabled_detections, "${id}") ? 0 : 1}`,
    disabledDetections: '${join(",", sort(var.disabled_detections))}',
    subscribe,
  };
}

function variable(
  stack: TerraformStack,
  name: string,
  { default: fallback, ...config }: ConstructorParameters<typeof TerraformVariable>[2],
): TerraformVariable {
  const declared = new TerraformVariable(stack, `Variable_${name}`, config);
  declared.overrideLogicalId(name);
  // CDKTF would rewrite the keys of a default that is an object.
  declared.addOverride("default", fallback);
  return declared;
}

/** A module has no provider block whose default tags would do it. */
function tagWithVariable(node: IConstruct): void {
  if ("tagsInput" in node) (node as unknown as TerraformElement).addOverride("tags", "${var.tags}");
}

const EVERYBODY = '${{ for s in var.subscribers : "${s.protocol}:${s.endpoint}" => s }}';
/** Those from the least severity upwards, or no filter at all for the lowest. */
const SEVERITIES_FROM_LEAST = `\${each.value.min_severity == "low" ? null : jsonencode({ severity = slice(${JSON.stringify(SEVERITIES)}, 0, index(${JSON.stringify(SEVERITIES)}, each.value.min_severity) + 1) })}`;

function subscribe(scope: Construct, props: Omit<SubscribersProps, "subscribers">): void {
  const common = {
    protocol: "${each.value.protocol}",
    endpoint: "${each.value.endpoint}",
    redrivePolicy: JSON.stringify({ deadLetterTargetArn: props.deadLetterArn }),
  };
  const alerts = new SnsTopicSubscription(scope, "SubscribersAlerts", { ...common, topicArn: props.alertsTopicArn });
  alerts.addOverride("filter_policy", SEVERITIES_FROM_LEAST);
  alerts.addOverride("filter_policy_scope", '${each.value.min_severity == "low" ? null : "MessageAttributes"}');
  const urgent = new SnsTopicSubscription(scope, "SubscribersUrgent", { ...common, topicArn: props.urgentTopicArn });
  for (const subscription of [alerts, urgent]) subscription.addOverride("for_each", EVERYBODY);
}
