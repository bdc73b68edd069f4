import { about, altered, cannotTell, pair } from "../judging/attribute";
import type { Step } from "../plan/plan";
import { at, isEmpty, UNKNOWN } from "../plan/values";
import type { Check } from "./check";

/** When the clock goes, and what AWS takes where nothing is said. */
const TIMES: readonly (readonly [path: readonly Step[], usual: string | number])[] = [
  [["schedule_expression_timezone"], "UTC"],
  [["flexible_time_window", 0, "maximum_window_in_minutes"], 0],
];

export const scheduleDisabled: Check = {
  id: "schedule-disabled",
  title: "A schedule that is switched off",
  why: "What the clock should start, such as summaries and the daily digest, does not happen any more.",
  mend: "Leave `state` at `ENABLED`.",
  looksAt: {
    aws_scheduler_schedule: [
      "state",
      "schedule_expression",
      "start_date",
      "end_date",
      ...TIMES.map(([path]) => path.join(".")),
    ],
  },
  judge: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const { before, after } = sides;
    const state = after.state === UNKNOWN ? [cannotTell(change, ["state"])] : [];
    const off = after.state === "DISABLED" ? [about(change, ["state"], true, "The clock stops")] : state;
    const [was, is] = [before.schedule_expression, after.schedule_expression];
    const expression =
      was === is
        ? []
        : [
            about(
              change,
              ["schedule_expression"],
              false,
              "The clock goes at other times; whether they will do can't be told",
            ),
          ];
    const ends =
      isEmpty(after.end_date) || before.end_date === after.end_date
        ? []
        : [about(change, ["end_date"], false, "The clock stops one day; whether that will do can't be told")];
    const starts =
      isEmpty(after.start_date) || before.start_date === after.start_date
        ? []
        : [about(change, ["start_date"], false, "The clock stands until a day; whether that will do can't be told")];
    const times = TIMES.filter(
      ([path, usual]) => (at(before, ...path) || usual) !== (at(after, ...path) || usual),
    ).flatMap(([path]) => altered(change, path, "The clock goes at other times; whether they will do can't be told"));
    return [
      ...starts,
      ...times,
      ...ends,
      ...(before.state === "DISABLED" || before.state === after.state ? [] : off),
      ...expression,
    ];
  },
};
