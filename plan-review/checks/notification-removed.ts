import { about, indeterminate, pair, switched } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import type { PlanContext } from "../evaluation/context";
import type { Change } from "../plan/plan";
import { at, blocks, hasUnknown, type Value, type Values } from "../plan/values";

const RECEIVERS: Readonly<Record<string, string>> = {
  queue: "queue_arn",
  topic: "topic_arn",
  lambda_function: "lambda_function_arn",
};
const BUS = "eventbridge";

export const notificationRemoved: Check = {
  id: "notification-removed",
  title: "Bucket no longer sends notifications of new log files",
  why: "These notifications start the evaluation of new log files. Without them, log files stay unread.",
  remediation: "Keep the notification, its events and its filters. To change the receiver, add the new one first.",
  looksAt: { aws_s3_bucket_notification: [...Object.keys(RECEIVERS), BUS] },
  evaluate: (change, context) => {
    const sides = pair(change) ?? overwritten(change, context);
    if (!sides) return [];
    const bus = switched(change, [BUS], true, false, "EventBridge is no longer notified of new log files");
    const receivers = Object.entries(RECEIVERS).flatMap(([block, attribute]) => {
      const [was, is] = [notified(sides.before, block, attribute), notified(sides.after, block, attribute)];
      if (was.length === 0) return [];
      if (hasUnknown(sides.after[block])) return [indeterminate(change, [block])];
      return was.every((each) => is.some((other) => covers(other, each)))
        ? []
        : [about(change, [block], true, "A receiver is no longer notified of some or all new log files")];
    });
    return [...receivers, ...bus];
  },
};

/** Of a bucket that has notifications by another resource: what is created takes their place. */
function overwritten({ action, address, type, after }: Change, { monitoring, changes }: PlanContext) {
  if (action !== "create" || !after) return undefined;
  const other = monitoring
    .referred(address, "aws_s3_bucket")
    .flatMap((bucket) => monitoring.referring(bucket, type))
    .map((each) => changes.get(each))
    // What goes is refused for itself.
    .find((each) => each?.before && each.action !== "delete");
  return other?.before && { before: other.before, after };
}

/** Which receiver is notified of which event, and of which files. */
interface Notified {
  readonly receiver: Value | undefined;
  readonly event: string;
  readonly prefix: string;
  readonly suffix: string;
}

function notified(values: Values, block: string, attribute: string): readonly Notified[] {
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

function covers(wide: Notified, narrow: Notified): boolean {
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
