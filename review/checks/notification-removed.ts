import { about, cannotTell, pair } from "../judging/attribute";
import { at, blocks, hasUnknown, type Values } from "../plan/values";
import type { Check } from "./check";

const RECEIVERS: Readonly<Record<string, string>> = {
  queue: "queue_arn",
  topic: "topic_arn",
  lambda_function: "lambda_function_arn",
};

export const notificationRemoved: Check = {
  id: "notification-removed",
  title: "A bucket that no longer tells of new log files",
  why: "What judges log files learns of them by these notifications; without them they lie there unread.",
  mend: "Leave the notification. To change who receives it, add the new receiver first.",
  looksAt: { aws_s3_bucket_notification: Object.keys(RECEIVERS) },
  judge: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    return Object.entries(RECEIVERS).flatMap(([block, attribute]) => {
      const [was, is] = [receivers(sides.before, block, attribute), receivers(sides.after, block, attribute)];
      if (was.length === 0) return [];
      if (hasUnknown(sides.after[block])) return [cannotTell(change, [block])];
      return was.every((arn) => is.includes(arn))
        ? []
        : [about(change, [block], true, "A receiver is no longer told of new log files")];
    });
  },
};

function receivers(values: Values, block: string, attribute: string): readonly unknown[] {
  return blocks(values, block).flatMap((each) => at(each, attribute) ?? []);
}
