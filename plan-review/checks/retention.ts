import { about, indeterminate, lowered, numberOr, pair } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import { configured, own, type PlanContext } from "../evaluation/context";
import { expiriesOf, takesAsMuch } from "../evaluation/lifecycle";
import type { Change } from "../plan/plan";
import { at, isEmpty, type Value } from "../plan/values";

const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration";

export const retention: Check = {
  id: "retention",
  title: "Shorter retention of log files, logs or messages",
  why: "Some intruders are found only after months. Evidence that has expired by then is lost. Data older than the new limit is deleted, often within a day.",
  remediation: "Keep the retention. To save cost, move log files to a cheaper storage class (`transition`).",
  looksAt: {
    [LIFECYCLE]: ["rule"],
    aws_s3_bucket: ["lifecycle_rule"],
    aws_cloudwatch_log_group: ["retention_in_days"],
    aws_sqs_queue: ["message_retention_seconds"],
    aws_cloudtrail_event_data_store: ["retention_period"],
    aws_kinesis_stream: ["retention_period"],
    aws_dynamodb_table: ["point_in_time_recovery.0.recovery_period_in_days"],
  },
  evaluate: (change, context) => {
    switch (change.type) {
      case "aws_cloudwatch_log_group":
        return lowered(change, ["retention_in_days"], days, "The log group deletes events sooner");
      case "aws_sqs_queue":
        return lowered(
          change,
          ["message_retention_seconds"],
          numberOr(345_600),
          "Messages that are not processed in time are lost sooner",
        );
      case "aws_cloudtrail_event_data_store":
        return lowered(change, ["retention_period"], numberOr(2_555), "The event data store deletes events sooner");
      case "aws_kinesis_stream":
        return lowered(change, ["retention_period"], numberOr(24), "Events that are not read in time are lost sooner");
      case "aws_dynamodb_table":
        // Turned off, it is reported by `deletion-protection`.
        if (at(change.after, "point_in_time_recovery", 0, "enabled") !== true) return [];
        return lowered(
          change,
          ["point_in_time_recovery", 0, "recovery_period_in_days"],
          numberOr(35),
          "The table can be restored for fewer days",
        );
      default:
        return lifecycle(change, context);
    }
  },
};

/** Of a log group: zero, or nothing, is forever. */
function days(value: Value | undefined): number | undefined {
  if (value === undefined || value === null || value === 0) return Number.POSITIVE_INFINITY;
  return typeof value === "number" ? value : undefined;
}

function lifecycle(change: Change, context: PlanContext): readonly Finding[] {
  const attribute = change.type === LIFECYCLE ? "rule" : "lifecycle_rule";
  if (attribute === "lifecycle_rule" && (!pair(change) || !own(change, LIFECYCLE, context))) return [];
  const bucket = change.before ? undefined : configured(change, "aws_s3_bucket", context);
  if (!change.after || (!change.before && !bucket)) return [];
  const before = change.before ? expiriesOf(change.before, attribute) : expiriesOf(bucket, "lifecycle_rule");
  const after = expiriesOf(change.after, attribute);
  if (before === undefined) return [];
  if (after === undefined) return [indeterminate(change, [attribute])];
  const sooner = after.filter((each) => each.unknown || !before.some((earlier) => takesAsMuch(earlier, each)));
  const known = sooner.filter(({ unknown }) => !unknown);
  if (known.length > 0) {
    const what = known.some(({ of }) => of === "objects")
      ? "Log files are deleted sooner"
      : "Old versions of log files are deleted sooner";
    const times = change.isSensitive([attribute]) ? {} : spans(before, known);
    return [{ ...about(change, [attribute], true, what), ...times }];
  }
  return sooner.length > 0 ? [indeterminate(change, [attribute])] : [];
}

function spans(before: readonly Kept[], after: readonly Kept[]): Pick<Finding, "before" | "after"> {
  const of = after.map((each) => each.of);
  const was = before.filter((each) => of.includes(each.of));
  return { before: was.length === 0 ? "forever" : was.map(kept).join(", "), after: after.map(kept).join(", ") };
}

type Kept = NonNullable<ReturnType<typeof expiriesOf>>[number];

function kept({ of, days, prefix, limits, newer, date }: Kept): string {
  const time = [
    ...(days > 0 ? [`${days} days`] : []),
    ...(newer > 0 ? [`keeps ${newer}`] : []),
    ...(date === "" ? [] : [date]),
  ].join(" and ");
  return `${of === "objects" ? "" : "old versions "}${time}${prefix === "" ? "" : ` under ${prefix}`}${isEmpty(limits) ? "" : ` with ${limits}`}`;
}
