import { about, cannotTell, pair } from "../judging/attribute";
import { configured, type Estate, own } from "../judging/estate";
import { type Freeze, freezesOf, takesAsMuch } from "../judging/lifecycle";
import type { Change } from "../plan/plan";
import type { Check } from "./check";

const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration";
const DAY_SECONDS = 86_400;
/** Days that a queue keeps messages where nothing is said. */
const QUEUE_DAYS = 4;

export const storageClass: Check = {
  id: "storage-class",
  title: "Log files that can't be read by the time they are judged",
  why: "What lies in GLACIER or DEEP_ARCHIVE must be restored first, for hours. The function that is told of a log file and can't read it gives it up, and all that it holds goes untold.",
  mend: "Move log files to GLACIER_IR, which can be read at once, or later than the longest time that a queue keeps messages.",
  looksAt: { [LIFECYCLE]: ["rule"], aws_s3_bucket: ["lifecycle_rule"] },
  unknown:
    "cannot tell. A transition counts where somebody is told of new log files, by the bucket or the trail, and within the days that the monitoring's queues keep messages",
  judge: (change, estate) => {
    const attribute = change.type === LIFECYCLE ? "rule" : "lifecycle_rule";
    if (attribute === "lifecycle_rule" && (!pair(change) || !own(change, LIFECYCLE, estate))) return [];
    const bucket = change.before ? undefined : configured(change, "aws_s3_bucket", estate);
    if (!change.after || (!change.before && !bucket) || !isRead(change, estate)) return [];
    const before = change.before ? freezesOf(change.before, attribute) : freezesOf(bucket, "lifecycle_rule");
    const after = freezesOf(change.after, attribute);
    // What isn't known is told by `retention`.
    if (before === undefined || after === undefined) return [];
    const needed = daysNeeded(estate);
    const sooner = after.filter(
      (each) => (each.unknown || each.days < needed) && !before.some((earlier) => takesAsMuch(earlier, each)),
    );
    if (sooner.length === 0) return [];
    if (sooner.every(({ unknown }) => unknown)) return [cannotTell(change, [attribute])];
    const told = sooner.filter(({ unknown }) => !unknown);
    const finding = about(change, [attribute], true, "Log files can't be read while a message may still tell of them");
    return [change.isSensitive([attribute]) ? finding : { ...finding, before: shown(before), after: shown(told) }];
  },
};

function shown(freezes: readonly Freeze[]): string {
  if (freezes.length === 0) return "read at once";
  return freezes
    .map(({ days, date, to }) => (date === "" ? `${to} after ${days} days` : `${to} on ${date}`))
    .join(", ");
}

/** Whether somebody is told of each new log file of the bucket. */
function isRead(change: Change, { monitoring, changes }: Estate): boolean {
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

/** As long as a message that tells of a log file may lie in a queue of the monitoring, dead-letter queues included. */
function daysNeeded({ monitoring, changes }: Estate): number {
  const days = [...changes.values()]
    .filter(({ type, address }) => type === "aws_sqs_queue" && monitoring.reason(address) !== undefined)
    .flatMap(({ before, after }) => {
      const seconds = (after ?? before)?.message_retention_seconds;
      return typeof seconds === "number" ? [seconds / DAY_SECONDS] : [];
    });
  return Math.ceil(Math.max(QUEUE_DAYS, ...days));
}
