import { about, altered, cannotTell, pair } from "../judging/attribute";
import type { Estate } from "../judging/estate";
import type { Change, Step } from "../plan/plan";
import { at, isEmpty, UNKNOWN, type Values } from "../plan/values";
import type { Check } from "./check";

const GROUP: readonly Step[] = ["logging_config", 0, "log_group"];
type Line = readonly [path: readonly Step[], usual: string];
/** The form of its lines, and what Lambda takes where nothing is said. */
const LINES: readonly Line[] = [
  [["logging_config", 0, "log_format"], "Text"],
  [["logging_config", 0, "application_log_level"], "INFO"],
];
const UNTOLD = "Whether what counts in the log still finds its lines can't be told";
const READERS = ["aws_cloudwatch_log_metric_filter", "aws_cloudwatch_log_subscription_filter"];

export const functionLog: Check = {
  id: "function-log",
  title: "A function whose log is no longer counted",
  why: "What the function could not judge stands in its log, and a metric filter with an alarm tells of it. In another log group, or in lines of another form, the filter finds nothing, which looks as if nothing were wrong.",
  mend: "Leave the log group and the form of its lines, or give the new one the same filters first.",
  looksAt: { aws_lambda_function: [GROUP, ...LINES.map(([path]) => path)].map((path) => path.join(".")) },
  unknown: "cannot tell; so is another form or level of lines. Where nothing reads the log, nothing is told",
  judge: (change, estate) => {
    const sides = pair(change);
    if (!sides) return [];
    const [was, is] = [groupOf(sides.before), groupOf(sides.after)];
    const line = (values: Values, [path, usual]: Line) => at(values, ...path) || usual;
    const lines = LINES.filter((each) => line(sides.before, each) !== line(sides.after, each));
    if ((was === is && lines.length === 0) || !isRead(was, estate)) return [];
    return [
      ...(typeof is === "string" && was !== is
        ? [about(change, GROUP, true, "The function's log goes where nothing counts in it")]
        : []),
      ...(is === UNKNOWN ? [cannotTell(change, GROUP)] : []),
      ...lines.flatMap(([path]) => altered(change, path, UNTOLD)),
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
