import { about, altered, pair } from "../judging/attribute";
import type { Estate } from "../judging/estate";
import type { Change, Step } from "../plan/plan";
import { at, isEmpty, type Values } from "../plan/values";
import type { Check } from "./check";

const GROUP: readonly Step[] = ["logging_config", 0, "log_group"];
const LINES: readonly (readonly Step[])[] = [
  ["logging_config", 0, "log_format"],
  ["logging_config", 0, "application_log_level"],
];
const READERS = ["aws_cloudwatch_log_metric_filter", "aws_cloudwatch_log_subscription_filter"];

export const functionLog: Check = {
  id: "function-log",
  title: "A function whose log is no longer counted",
  why: "What the function could not judge stands in its log, and a metric filter with an alarm tells of it. In another log group, or in lines of another form, the filter finds nothing, which looks as if nothing were wrong.",
  mend: "Leave the log group and the form of its lines, or give the new one the same filters first.",
  looksAt: { aws_lambda_function: [GROUP, ...LINES].map((path) => path.join(".")) },
  unknown: "cannot tell; so is another form or level of lines. Where nothing reads the log, nothing is told",
  judge: (change, estate) => {
    const sides = pair(change);
    if (!sides) return [];
    const [was, is] = [groupOf(sides.before), groupOf(sides.after)];
    if (
      (was === is && LINES.every((path) => at(sides.before, ...path) === at(sides.after, ...path))) ||
      !isRead(was, estate)
    )
      return [];
    return [
      ...(typeof is === "string" && was !== is
        ? [about(change, GROUP, true, "The function's log goes where nothing counts in it")]
        : altered(change, GROUP, "Whether what counts in the log still finds its lines can't be told")),
      ...LINES.flatMap((path) =>
        altered(change, path, "Whether what counts in the log still finds its lines can't be told"),
      ),
    ];
  },
};

/** Where Lambda writes to. */
function groupOf(values: Values): unknown {
  const group = at(values, ...GROUP);
  return isEmpty(group) ? `/aws/lambda/${String(values.function_name)}` : group;
}

function isRead(group: unknown, { changes }: Estate): boolean {
  const reads = ({ type, before }: Change) => READERS.includes(type) && before?.log_group_name === group;
  return [...changes.values()].some(reads);
}
