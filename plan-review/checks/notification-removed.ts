import { about, cannotTell, pair, switched } from "../judging/attribute";
import type { Estate } from "../judging/estate";
import type { Change } from "../plan/plan";
import { at, blocks, hasUnknown, type Value, type Values } from "../plan/values";
import type { Check } from "./check";

const RECEIVERS: Readonly<Record<string, string>> = {
  queue: "queue_arn",
  topic: "topic_arn",
  lambda_function: "lambda_function_arn",
};
const BUS = "eventbridge";

export const notificationRemoved: Check = {
  id: "notification-removed",
  title: "A bucket that no longer tells of new log files",
  why: "What judges log files learns of them by these notifications; without them they lie there unread.",
  mend: "Leave the notification, its events and its filters. To change who receives it, add the new receiver first.",
  looksAt: { aws_s3_bucket_notification: [...Object.keys(RECEIVERS), BUS] },
  judge: (change, estate) => {
    const sides = pair(change) ?? overwritten(change, estate);
    if (!sides) return [];
    const bus = switched(change, [BUS], true, false, "EventBridge is no longer told of new log files");
    const receivers = Object.entries(RECEIVERS).flatMap(([block, attribute]) => {
      const [was, is] = [told(sides.before, block, attribute), told(sides.after, block, attribute)];
      if (was.length === 0) return [];
      if (hasUnknown(sides.after[block])) return [cannotTell(change, [block])];
      return was.every((each) => is.some((other) => covers(other, each)))
        ? []
        : [about(change, [block], true, "A receiver is no longer told of new log files, or of all of them")];
    });
    return [...receivers, ...bus];
  },
};

/** Of a bucket that has notifications by another resource: what is created takes their place. */
function overwritten({ action, address, type, after }: Change, { monitoring, changes }: Estate) {
  if (action !== "create" || !after) return undefined;
  const other = monitoring
    .referred(address, "aws_s3_bucket")
    .flatMap((bucket) => monitoring.referring(bucket, type))
    .map((each) => changes.get(each))
    // What goes is refused for itself.
    .find((each) => each?.before && each.action !== "delete");
  return other?.before && { before: other.before, after };
}

/** Who is told of which event, and of which files. */
interface Told {
  readonly receiver: Value | undefined;
  readonly event: string;
  readonly prefix: string;
  readonly suffix: string;
}

function told(values: Values, block: string, attribute: string): readonly Told[] {
  return blocks(values, block).flatMap((each) => {
    const events = at(each, "events");
    const files = { prefix: text(at(each, "filter_prefix")), suffix: text(at(each, "filter_suffix")) };
    return (Array.isArray(events) ? events : [null]).map((event) => ({
      receiver: at(each, attribute),
      event: text(event),
      ...files,
    }));
  });
}

function covers(wide: Told, narrow: Told): boolean {
  return (
    wide.receiver === narrow.receiver &&
    (wide.event === narrow.event || (wide.event.endsWith("*") && narrow.event.startsWith(wide.event.slice(0, -1)))) &&
    narrow.prefix.startsWith(wide.prefix) &&
    narrow.suffix.endsWith(wide.suffix)
  );
}

function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}
