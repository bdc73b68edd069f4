import { about, cannotTell } from "../judging/attribute";
import type { Estate } from "../judging/estate";
import { elsewhere } from "../monitoring/elsewhere";
import type { Link } from "../monitoring/links";
import { valuesAt } from "../monitoring/tokens";
import type { Change } from "../plan/plan";
import { at, blocks, hasUnknown, type Values } from "../plan/values";
import { type Statement, statementsOf } from "../policy/statements";
import type { Check, Finding } from "./check";

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

export const laidOver: Check = {
  id: "laid-over",
  title: "A setting laid over one that stands in another state",
  why: "AWS keeps one policy, one lifecycle and one list of notifications for each resource. A second one takes the place of the first without a word of it in the plan.",
  mend: "Change the setting where it is managed. Where no state manages it, import it first (`import` block): then the plan shows what changes.",
  looksAt: Object.fromEntries(
    Object.entries(OF).map(([type, of]) => [type, [of, ...(type.endsWith("_policy") ? [POLICY] : [])]]),
  ),
  unknown:
    "cannot tell; so is a policy that lets in the services which the plan shows to need it, a list of notifications, and a lifecycle",
  judge: (change, estate) => {
    const { type, address, action, after } = change;
    const of = OF[type];
    if (of === undefined || action !== "create" || !after || estate.overwritten.has(address)) return [];
    // What somebody took away outside Terraform is put back.
    if (estate.drifted.has(address)) return [];
    const users = usersOf(change, estate);
    if (users.length === 0) return [];
    return type.endsWith("_policy") ? policy(change, users) : setting(change, after, of);
  },
};

/** The resources of the monitoring that were there before, and name what the setting is of; it isn't in the plan. */
function usersOf({ address }: Change, { monitoring, changes }: Estate): readonly Change[] {
  const bases = monitoring
    .ties(address)
    .filter(({ from, to, link }) => from === address && link.passes === "back" && monitoring.isElsewhere(to));
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
    const { type, key } = (typeof value === "string" ? elsewhere(types, value) : undefined) ?? {};
    return `${type} ${key}` === address;
  });
}

function policy(change: Change, users: readonly Change[]): readonly Finding[] {
  const given = change.after?.[POLICY];
  if (hasUnknown(given)) return [cannotTell(change, [POLICY])];
  const statements = statementsOf(given);
  const services = [...new Set(users.flatMap(({ type }) => SENDERS[type] ?? []))];
  const shut = services.filter((service) => statements && !statements.some((each) => letsIn(each, service)));
  return shut.length > 0
    ? [about(change, [POLICY], true, "A service that the monitoring needs is no longer let in")]
    : [about(change, [POLICY], false, "Whether the policy lets in all that the one before it did can't be decided")];
}

function letsIn({ allows, principals }: Statement, service: string): boolean {
  if (!allows || !principals) return false;
  return principals.not || principals.texts.some((text) => text === "*" || text.startsWith(`Service:${service}.`));
}

function setting(change: Change, after: Values, of: string): readonly Finding[] {
  const path = [of];
  switch (change.type) {
    case "aws_s3_bucket_versioning":
      // Told by `versioning`, where the bucket is in the plan.
      return at(after, "versioning_configuration", 0, "status") === "Enabled"
        ? []
        : [about(change, path, true, "The bucket may keep versions, and keeps none any more")];
    case "aws_s3_bucket_public_access_block":
      return ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].every(
        (flag) => after[flag] === true,
      )
        ? []
        : [about(change, path, true, "The bucket may block public access, and does so less from now on")];
    case "aws_s3_bucket_lifecycle_configuration":
      return blocks(after, "rule").some((rule) => at(rule, "status") !== "Disabled")
        ? [about(change, path, false, "Whether log files are kept as long as before can't be decided")]
        : [];
    default:
      return [about(change, path, false, "Whether all who are notified of log files still are can't be decided")];
  }
}
