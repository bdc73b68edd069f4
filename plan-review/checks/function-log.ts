import { about, altered, indeterminate, pair } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import type { PlanContext } from "../evaluation/context";
import type { Change, Step } from "../plan/plan";
import { at, isEmpty, UNKNOWN, type Values } from "../plan/values";

const GROUP: readonly Step[] = ["logging_config", 0, "log_group"];
type Line = readonly [path: readonly Step[], usual: string];
/** The form of its lines, and what Lambda takes where nothing is said. */
const LINES: readonly Line[] = [
  [["logging_config", 0, "log_format"], "Text"],
  [["logging_config", 0, "application_log_level"], "INFO"],
];
const UNREAD = "The filters may no longer match the log lines";
const READERS = ["aws_cloudwatch_log_metric_filter", "aws_cloudwatch_log_subscription_filter"];

export const functionLog: Check = {
  id: "function-log",
  title: "Function errors no longer counted",
  why: "The function logs what it cannot process, and a metric filter with an alarm counts these lines. In another log group or format, the filter matches nothing, which looks like no errors.",
  remediation: "Keep the log group and the log format, or add the same filters to the new log group first.",
  looksAt: { aws_lambda_function: [GROUP, ...LINES.map(([path]) => path)].map((path) => path.join(".")) },
  limits: "Indeterminate: another log format or level. Passes: a log that no filter reads.",
  evaluate: (change, context) => {
    const sides = pair(change);
    if (!sides) return [];
    const [was, is] = [groupOf(sides.before), groupOf(sides.after)];
    const line = (values: Values, [path, usual]: Line) => at(values, ...path) || usual;
    const lines = LINES.filter((each) => line(sides.before, each) !== line(sides.after, each));
    if ((was === is && lines.length === 0) || !isRead(was, context)) return [];
    return [
      ...(typeof is === "string" && was !== is
        ? [about(change, GROUP, true, "The function logs to a group that its filters do not read")]
        : []),
      ...(is === UNKNOWN ? [indeterminate(change, GROUP)] : []),
      ...lines.flatMap(([path]) => altered(change, path, UNREAD)),
    ];
  },
};

/** Where Lambda writes to. */
function groupOf(values: Values): unknown {
  const group = at(values, ...GROUP);
  return isEmpty(group) ? `/aws/lambda/${String(values.function_name)}` : group;
}

function isRead(group: unknown, { changes }: PlanContext): boolean {
  const reads = ({ type, before }: Change) => READERS.includes(type) && before?.log_group_name === group;
  return [...changes.values()].some(reads);
}
