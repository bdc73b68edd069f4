import { about, altered, indeterminate, pair } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import type { Step } from "../plan/plan";
import { at, isEmpty, UNKNOWN } from "../plan/values";

/** When the schedule runs, and AWS's default. */
const TIMES: readonly (readonly [path: readonly Step[], usual: string | number])[] = [
  [["schedule_expression_timezone"], "UTC"],
  [["flexible_time_window", 0, "maximum_window_in_minutes"], 0],
];

export const scheduleDisabled: Check = {
  id: "schedule-disabled",
  title: "Schedule disabled",
  why: "The schedule starts, for example, summaries and the daily digest. Without it, they are not sent.",
  remediation: "Keep `state` at `ENABLED`.",
  looksAt: {
    aws_scheduler_schedule: [
      "state",
      "schedule_expression",
      "start_date",
      "end_date",
      ...TIMES.map(([path]) => path.join(".")),
    ],
  },
  limits: "Indeterminate: another expression, time zone, window, start or end.",
  evaluate: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const { before, after } = sides;
    const state = after.state === UNKNOWN ? [indeterminate(change, ["state"])] : [];
    const off = after.state === "DISABLED" ? [about(change, ["state"], true, "The schedule is disabled")] : state;
    const [was, is] = [before.schedule_expression, after.schedule_expression];
    const expression =
      was === is
        ? []
        : [about(change, ["schedule_expression"], false, "The schedule runs at other times, which may be too late")];
    const ends =
      isEmpty(after.end_date) || before.end_date === after.end_date
        ? []
        : [about(change, ["end_date"], false, "The schedule stops at its new end date")];
    const starts =
      isEmpty(after.start_date) || before.start_date === after.start_date
        ? []
        : [about(change, ["start_date"], false, "The schedule does not run before its new start date")];
    const times = TIMES.filter(
      ([path, usual]) => (at(before, ...path) || usual) !== (at(after, ...path) || usual),
    ).flatMap(([path]) => altered(change, path, "The schedule runs at other times, which may be too late"));
    return [
      ...starts,
      ...times,
      ...ends,
      ...(before.state === "DISABLED" || before.state === after.state ? [] : off),
      ...expression,
    ];
  },
};
