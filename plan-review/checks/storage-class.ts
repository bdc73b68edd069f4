import { about, indeterminate, pair } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { configured, own, type PlanContext } from "../evaluation/context";
import { type Freeze, freezesOf, takesAsMuch } from "../evaluation/lifecycle";
import type { Change } from "../plan/plan";

const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration";
const DAY_SECONDS = 86_400;
/** Days that a queue keeps messages where nothing is said. */
const QUEUE_DAYS = 4;

export const storageClass: Check = {
  id: "storage-class",
  title: "Log files unreadable before they are evaluated",
  why: "Objects in GLACIER or DEEP_ARCHIVE take hours to restore. A function that cannot read a log file gives up, and its events cause no alert.",
  remediation:
    "Move log files to GLACIER_IR, which can be read at once, or move them later than the longest retention of the queues.",
  looksAt: { [LIFECYCLE]: ["rule"], aws_s3_bucket: ["lifecycle_rule"] },
  limits:
    "Counts only where the bucket or trail sends notifications of new log files, and within the days that the monitoring's queues keep messages.",
  evaluate: (change, context) => {
    const attribute = change.type === LIFECYCLE ? "rule" : "lifecycle_rule";
    if (attribute === "lifecycle_rule" && (!pair(change) || !own(change, LIFECYCLE, context))) return [];
    const bucket = change.before ? undefined : configured(change, "aws_s3_bucket", context);
    if (!change.after || (!change.before && !bucket) || !isRead(change, context)) return [];
    const before = change.before ? freezesOf(change.before, attribute) : freezesOf(bucket, "lifecycle_rule");
    const after = freezesOf(change.after, attribute);
    // What isn't known is reported by `retention`.
    if (before === undefined || after === undefined) return [];
    const needed = daysNeeded(context);
    const sooner = after.filter(
      (each) => (each.unknown || each.days < needed) && !before.some((earlier) => takesAsMuch(earlier, each)),
    );
    if (sooner.length === 0) return [];
    if (sooner.every(({ unknown }) => unknown)) return [indeterminate(change, [attribute])];
    const known = sooner.filter(({ unknown }) => !unknown);
    const finding = about(
      change,
      [attribute],
      true,
      "Log files become unreadable while messages about them may still be in a queue",
    );
    return [change.isSensitive([attribute]) ? finding : { ...finding, before: shown(before), after: shown(known) }];
  },
};

function shown(freezes: readonly Freeze[]): string {
  if (freezes.length === 0) return "readable at once";
  return freezes
    .map(({ days, date, to }) => (date === "" ? `${to} after ${days} days` : `${to} on ${date}`))
    .join(", ");
}

/** Whether there are notifications of each new log file of the bucket. */
function isRead(change: Change, { monitoring, changes }: PlanContext): boolean {
  const buckets = change.type === LIFECYCLE ? monitoring.referred(change.address, "aws_s3_bucket") : [change.address];
  return buckets.some(
    (bucket) =>
      ["aws_s3_bucket_notification", "aws_cloudwatch_event_rule"].some(
        (type) => monitoring.referring(bucket, type).length > 0,
      ) ||
      monitoring
        .referring(bucket, "aws_cloudtrail")
        .some((trail) =>
          [changes.get(trail)?.before, changes.get(trail)?.after].some((values) => values?.sns_topic_name),
        ),
  );
}

/** As long as a message about a log file may stay in a queue of the monitoring, dead-letter queues included. */
function daysNeeded({ monitoring, changes }: PlanContext): number {
  const days = [...changes.values()]
    .filter(({ type, address }) => type === "aws_sqs_queue" && monitoring.reason(address) !== undefined)
    .flatMap(({ before, after }) => {
      const seconds = (after ?? before)?.message_retention_seconds;
      return typeof seconds === "number" ? [seconds / DAY_SECONDS] : [];
    });
  return Math.ceil(Math.max(QUEUE_DAYS, ...days));
}
