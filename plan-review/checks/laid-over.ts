import { about, indeterminate } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import type { PlanContext } from "../evaluation/context";
import { externalResource } from "../monitoring/external-resource";
import type { Link } from "../monitoring/links";
import { valuesAt } from "../monitoring/tokens";
import type { Change } from "../plan/plan";
import { at, blocks, hasUnknown, type Values } from "../plan/values";
import { actionCovered } from "../policy/covers";
import { type Statement, statementsOf } from "../policy/statements";

/** Settings that take the place of what is there, by the attribute that names what they are of. */
const OF: Readonly<Record<string, string>> = {
  aws_s3_bucket_policy: "bucket",
  aws_sns_topic_policy: "arn",
  aws_sqs_queue_policy: "queue_url",
  aws_kms_key_policy: "key_id",
  aws_s3_bucket_versioning: "bucket",
  aws_s3_bucket_public_access_block: "bucket",
  aws_s3_bucket_lifecycle_configuration: "bucket",
  aws_s3_bucket_notification: "bucket",
  aws_s3_bucket_server_side_encryption_configuration: "bucket",
  aws_s3_bucket_object_lock_configuration: "bucket",
  aws_s3_bucket_replication_configuration: "bucket",
  aws_s3_bucket_logging: "bucket",
};
const POLICY = "policy";

/** Which service a resource has use what it names. */
const SENDERS: Readonly<Record<string, string>> = {
  aws_cloudtrail: "cloudtrail",
  aws_cloudwatch_event_target: "events",
  aws_cloudwatch_metric_alarm: "cloudwatch",
  aws_cloudwatch_composite_alarm: "cloudwatch",
  aws_sns_topic_subscription: "sns",
  aws_s3_bucket_notification: "s3",
};

/** What these services do with the resource, of which a policy that lets them in allows all or nothing. */
const NEEDED: Readonly<Record<string, string>> = {
  aws_s3_bucket_policy: "s3:PutObject",
  aws_sns_topic_policy: "sns:Publish",
  aws_sqs_queue_policy: "sqs:SendMessage",
  aws_kms_key_policy: "kms:GenerateDataKey",
};

export const laidOver: Check = {
  id: "laid-over",
  title: "Setting overwrites one that another state manages",
  why: "AWS keeps one policy, one lifecycle, one notification configuration and one of each other setting per resource. A second one replaces the first, and the plan does not show it.",
  remediation:
    "Change the setting where it is managed. If no state manages it, import it first (`import` block): the plan then shows what changes.",
  looksAt: Object.fromEntries(
    Object.entries(OF).map(([type, of]) => [type, [of, ...(type.endsWith("_policy") ? [POLICY] : [])]]),
  ),
  limits:
    "Indeterminate: a policy that allows the services which the plan shows to need it; notifications, lifecycle, encryption, object lock, replication and access log.",
  evaluate: (change, context) => {
    const { type, address, action, after } = change;
    const of = OF[type];
    if (of === undefined || action !== "create" || !after || context.overwritten.has(address)) return [];
    // What was removed outside Terraform is put back.
    if (context.drifted.has(address)) return [];
    const users = usersOf(change, context);
    if (users.length === 0) return [];
    return type.endsWith("_policy") ? policy(change, users) : setting(change, after, of);
  },
};

/** The resources of the monitoring that were there before, and name what the setting is of; it isn't in the plan. */
function usersOf({ address }: Change, { monitoring, changes }: PlanContext): readonly Change[] {
  const bases = monitoring
    .ties(address)
    .filter(({ from, to, link }) => from === address && link.passes === "back" && monitoring.isExternal(to));
  return bases.flatMap(({ to }) =>
    monitoring
      .ties(to)
      .filter(
        ({ link, from }) => link.passes === "forward" && from !== address && monitoring.reason(from) !== undefined,
      )
      .flatMap(({ link, from }) => {
        const user = changes.get(from);
        return user?.before && user.action !== "delete" && names(user.before, link, to) ? [user] : [];
      }),
  );
}

function names(values: Values, { path, to: types }: Link, address: string): boolean {
  return valuesAt(values, path.split(".")).some((value) => {
    const { type, key } = (typeof value === "string" ? externalResource(types, value) : undefined) ?? {};
    return `${type} ${key}` === address;
  });
}

function policy(change: Change, users: readonly Change[]): readonly Finding[] {
  const given = change.after?.[POLICY];
  if (hasUnknown(given)) return [indeterminate(change, [POLICY])];
  const statements = statementsOf(given);
  const services = [...new Set(users.flatMap(({ type }) => SENDERS[type] ?? []))];
  const action = NEEDED[change.type] ?? "*";
  const shut = services.filter(
    (service) =>
      statements &&
      (!statements.some((each) => letsIn(each, service, action)) ||
        statements.some((each) => keepsOut(each, service, action))),
  );
  const principals = shut.map((service) => `${service}.amazonaws.com`).join(", ");
  return shut.length > 0
    ? [about(change, [POLICY], true, `The new policy does not allow what the monitoring needs: ${principals}`)]
    : [about(change, [POLICY], false, "The policy may allow less than the one that it overwrites")];
}

function letsIn({ allows, principals, actions }: Statement, service: string, action: string): boolean {
  if (!allows || !principals || !actionCovered(actions, action)) return false;
  return principals.not || principals.texts.some((text) => text === "*" || text.startsWith(`Service:${service}.`));
}

/** On no terms: what others deny, the service may meet. */
function keepsOut({ allows, principals, actions, conditions }: Statement, service: string, action: string): boolean {
  if (allows || !principals || conditions.length > 0 || !actionCovered(actions, action)) return false;
  const named = principals.texts.some((text) => text === "*" || text.startsWith(`Service:${service}.`));
  return named !== principals.not;
}

function setting(change: Change, after: Values, of: string): readonly Finding[] {
  const path = [of];
  switch (change.type) {
    case "aws_s3_bucket_versioning":
      // Reported by `versioning`, where the bucket is in the plan.
      return at(after, "versioning_configuration", 0, "status") === "Enabled"
        ? []
        : [about(change, path, true, "The bucket's versioning, where it was on, is turned off")];
    case "aws_s3_bucket_public_access_block":
      return ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].every(
        (flag) => after[flag] === true,
      )
        ? []
        : [about(change, path, true, "The bucket's public access block, where it was on, is weakened")];
    case "aws_s3_bucket_lifecycle_configuration":
      return blocks(after, "rule").some((rule) => at(rule, "status") !== "Disabled")
        ? [about(change, path, false, "Log files may be kept for a shorter time")]
        : [];
    case "aws_s3_bucket_server_side_encryption_configuration":
      return [about(change, path, false, "The bucket may lose its present key")];
    case "aws_s3_bucket_object_lock_configuration":
      return [about(change, path, false, "Log files may be locked for a shorter time")];
    case "aws_s3_bucket_replication_configuration":
      return [about(change, path, false, "Log files may no longer be copied to every destination")];
    case "aws_s3_bucket_logging":
      return [about(change, path, false, "The bucket may lose its present access log")];
    default:
      return [about(change, path, false, "Some receivers may no longer be notified of log files")];
  }
}
