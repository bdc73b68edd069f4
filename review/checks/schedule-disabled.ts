import { about, cannotTell, pair } from "../judging/attribute";
import { UNKNOWN } from "../plan/values";
import type { Check } from "./check";

export const scheduleDisabled: Check = {
  id: "schedule-disabled",
  title: "A schedule that is switched off",
  why: "What the clock should start, such as summaries and the daily digest, does not happen any more.",
  mend: "Leave `state` at `ENABLED`.",
  looksAt: { aws_scheduler_schedule: ["state", "schedule_expression"] },
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
    return [...(before.state === "DISABLED" || before.state === after.state ? [] : off), ...expression];
  },
};
