import { about, cannotTell, pair, switched } from "../judging/attribute";
import type { Change } from "../plan/plan";
import { canonical, hasUnknown, isEmpty, UNKNOWN } from "../plan/values";
import type { Check, Finding } from "./check";

const ACTIONS = "alarm_actions";
const THRESHOLD = "threshold";
/** What an alarm is about. */
const MEANING = [
  ...["metric_name", "namespace", "dimensions", "statistic", "extended_statistic", "metric_query", "unit"],
  ...["comparison_operator", "period", "evaluation_periods", "datapoints_to_alarm", "threshold_metric_id"],
];

export const alarmSilenced: Check = {
  id: "alarm-silenced",
  title: "An alarm that tells nobody, or fewer, or later",
  why: "Alarms watch the monitor itself: dead letters, errors, silence. One without actions changes colour on a page that nobody looks at.",
  mend: "Leave `actions_enabled` on, every action in place, and the threshold where it is.",
  looksAt: { aws_cloudwatch_metric_alarm: ["actions_enabled", ACTIONS, "treat_missing_data", THRESHOLD, ...MEANING] },
  unknown: "cannot tell; so is an alarm of another metric, or of another span of time",
  judge: (change) => {
    const off = switched(change, ["actions_enabled"], true, true, "The alarm tells nobody any more");
    const sides = pair(change);
    if (!sides) return off;
    const [was, is] = [sides.before[ACTIONS], sides.after[ACTIONS]];
    const found = [...off, ...threshold(change), ...meaning(change)];
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

/** A threshold that is farther away. */
function threshold(change: Change): readonly Finding[] {
  const [was, is] = [change.before?.[THRESHOLD], change.after?.[THRESHOLD]];
  const operator = String(change.after?.comparison_operator);
  if (typeof was !== "number" || was === is) return [];
  if (is === UNKNOWN) return [cannotTell(change, [THRESHOLD])];
  if (typeof is !== "number") return [];
  const farther = operator.startsWith("Greater") ? is > was : operator.startsWith("Less") && is < was;
  return farther ? [about(change, [THRESHOLD], true, "The alarm tells of it later, or never")] : [];
}

function meaning(change: Change): readonly Finding[] {
  const { before, after } = change;
  const same = (name: string) =>
    (isEmpty(before?.[name]) && isEmpty(after?.[name])) || canonical(before?.[name]) === canonical(after?.[name]);
  return MEANING.filter((name) => !same(name)).map((name) =>
    about(change, [name], false, "Whether the alarm still tells of all that it told can't be decided"),
  );
}
