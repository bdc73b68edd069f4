import { about, cannotTell, pair, switched } from "../judging/attribute";
import { hasUnknown } from "../plan/values";
import type { Check } from "./check";

const ACTIONS = "alarm_actions";

export const alarmSilenced: Check = {
  id: "alarm-silenced",
  title: "An alarm that tells nobody, or fewer",
  why: "Alarms watch the monitor itself: dead letters, errors, silence. One without actions changes colour on a page that nobody looks at.",
  mend: "Leave `actions_enabled` on and every action in place.",
  looksAt: { aws_cloudwatch_metric_alarm: ["actions_enabled", ACTIONS, "treat_missing_data"] },
  judge: (change) => {
    const off = switched(change, ["actions_enabled"], true, true, "The alarm tells nobody any more");
    const sides = pair(change);
    if (!sides) return off;
    const [was, is] = [sides.before[ACTIONS], sides.after[ACTIONS]];
    const found = [...off];
    if (Array.isArray(was) && was.length > 0) {
      const left: readonly unknown[] = Array.isArray(is) ? is : [];
      if (hasUnknown(is)) found.push(cannotTell(change, [ACTIONS]));
      else if (!was.every((action) => left.includes(action)))
        found.push(about(change, [ACTIONS], true, "The alarm no longer tells all whom it told"));
    }
    if (sides.before.treat_missing_data === "breaching" && sides.after.treat_missing_data !== "breaching") {
      found.push(
        about(
          change,
          ["treat_missing_data"],
          !hasUnknown(sides.after.treat_missing_data),
          "Silence no longer counts as an alarm",
        ),
      );
    }
    return found;
  },
};
