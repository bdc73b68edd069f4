import { firesLess } from "../evaluation/alarm-rule";
import { about, indeterminate, pair, switched } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import type { Change } from "../plan/plan";
import { at, canonical, hasUnknown, isEmpty, UNKNOWN, type Value } from "../plan/values";

const COMPOSITE = "aws_cloudwatch_composite_alarm";
const ALARM = "alarm_actions";
const ACTIONS = [ALARM, "insufficient_data_actions"];
const RULE = "alarm_rule";
const SUPPRESSOR = "actions_suppressor";
const THRESHOLD = "threshold";
/** What an alarm is about. */
const MEANING = [
  ...["metric_name", "namespace", "dimensions", "statistic", "extended_statistic", "metric_query", "unit"],
  ...["comparison_operator", "period", "evaluation_periods", "datapoints_to_alarm", "threshold_metric_id"],
  "evaluate_low_sample_count_percentiles",
];

export const alarmSilenced: Check = {
  id: "alarm-silenced",
  title: "Alarm silenced, delayed, or sent to fewer receivers",
  why: "Alarms report that the monitoring itself fails: dead letters, errors, missing events. An alarm without actions notifies no one.",
  remediation: "Keep `actions_enabled` on, every action in place, and the threshold where it is.",
  looksAt: {
    aws_cloudwatch_metric_alarm: ["actions_enabled", ...ACTIONS, "treat_missing_data", THRESHOLD, ...MEANING],
    [COMPOSITE]: ["actions_enabled", ...ACTIONS, RULE, SUPPRESSOR],
  },
  limits:
    "Indeterminate: another metric or period; fewer `insufficient_data_actions`; another actions suppressor; a composite rule that has more than eight alarms or cannot be parsed.",
  evaluate: (change) => {
    const off = switched(change, ["actions_enabled"], true, true, "The alarm no longer sends notifications");
    const sides = pair(change);
    if (!sides) return off;
    const found = [...off, ...ACTIONS.flatMap((actions) => fewer(change, actions))];
    if (change.type === COMPOSITE) return [...found, ...rule(change), ...suppressed(change)];
    found.push(...threshold(change), ...meaning(change));
    if (sides.before.treat_missing_data === "breaching" && sides.after.treat_missing_data !== "breaching") {
      found.push(
        about(
          change,
          ["treat_missing_data"],
          !hasUnknown(sides.after.treat_missing_data),
          "Missing data no longer counts as an alarm",
        ),
      );
    }
    return found;
  },
};

/** Receivers that an alarm no longer notifies. */
function fewer(change: Change, actions: string): readonly Finding[] {
  const [was, is] = [change.before?.[actions], change.after?.[actions]];
  if (!Array.isArray(was) || was.length === 0) return [];
  if (hasUnknown(is)) return [indeterminate(change, [actions])];
  const left: readonly unknown[] = Array.isArray(is) ? is : [];
  if (was.every((action) => left.includes(action))) return [];
  return [
    actions === ALARM
      ? about(change, [actions], true, "The alarm notifies fewer receivers")
      : about(change, [actions], false, "Missing data may go unreported"),
  ];
}

/** A composite alarm that stays silent where it fired. */
function rule(change: Change): readonly Finding[] {
  const [was, is] = [change.before?.[RULE], change.after?.[RULE]];
  if (was === is || typeof was !== "string") return [];
  if (typeof is !== "string") return [indeterminate(change, [RULE])];
  const less = firesLess(was, is);
  if (less === "no") return [];
  return less === "yes"
    ? [about(change, [RULE], true, "The alarm stays silent in states in which it fired")]
    : [about(change, [RULE], false, "The alarm may stay silent in states in which it fired")];
}

/** Another alarm that keeps a composite one from sending notifications while it fires. */
function suppressed(change: Change): readonly Finding[] {
  const [was, is] = [change.before, change.after].map((values) => at(values, SUPPRESSOR, 0, "alarm"));
  if (isEmpty(is) || was === is) return [];
  if (is === UNKNOWN) return [indeterminate(change, [SUPPRESSOR])];
  return [about(change, [SUPPRESSOR], isEmpty(was), "While another alarm fires, this one sends no notifications")];
}

/** A threshold that is farther away. */
function threshold(change: Change): readonly Finding[] {
  const [was, is] = [change.before?.[THRESHOLD], change.after?.[THRESHOLD]];
  const operator = String(change.after?.comparison_operator);
  if (typeof was !== "number" || was === is) return [];
  if (is === UNKNOWN) return [indeterminate(change, [THRESHOLD])];
  if (typeof is !== "number") return [];
  const farther = operator.startsWith("Greater") ? is > was : operator.startsWith("Less") && is < was;
  return farther ? [about(change, [THRESHOLD], true, "The alarm fires later, or never")] : [];
}

function meaning(change: Change): readonly Finding[] {
  const { before, after } = change;
  // A number that isn't said is zero in what the provider has read.
  const isNothing = (value: Value | undefined) => isEmpty(value) || value === 0;
  const same = (name: string) =>
    (isNothing(before?.[name]) && isNothing(after?.[name])) || canonical(before?.[name]) === canonical(after?.[name]);
  return MEANING.filter((name) => !same(name)).map((name) =>
    about(change, [name], false, "The alarm may miss what it reported before"),
  );
}
