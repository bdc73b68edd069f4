import { ringsLess } from "../judging/alarm-rule";
import { about, cannotTell, pair, switched } from "../judging/attribute";
import type { Change } from "../plan/plan";
import { at, canonical, hasUnknown, isEmpty, UNKNOWN, type Value } from "../plan/values";
import type { Check, Finding } from "./check";

const COMPOSITE = "aws_cloudwatch_composite_alarm";
const RINGS = "alarm_actions";
const ACTIONS = [RINGS, "insufficient_data_actions"];
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
  title: "An alarm that tells nobody, or fewer, or later",
  why: "Alarms watch the monitor itself: dead letters, errors, silence. One without actions changes colour on a page that nobody looks at.",
  mend: "Leave `actions_enabled` on, every action in place, and the threshold where it is.",
  looksAt: {
    aws_cloudwatch_metric_alarm: ["actions_enabled", ...ACTIONS, "treat_missing_data", THRESHOLD, ...MEANING],
    [COMPOSITE]: ["actions_enabled", ...ACTIONS, RULE, SUPPRESSOR],
  },
  unknown:
    "cannot tell; so is an alarm of another metric, or of another span of time, one that tells nobody that nothing is measured, and a composite alarm whose rule has more than eight alarms or can't be read",
  judge: (change) => {
    const off = switched(change, ["actions_enabled"], true, true, "The alarm tells nobody any more");
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
          "Silence no longer counts as an alarm",
        ),
      );
    }
    return found;
  },
};

/** Whom an alarm no longer tells. */
function fewer(change: Change, actions: string): readonly Finding[] {
  const [was, is] = [change.before?.[actions], change.after?.[actions]];
  if (!Array.isArray(was) || was.length === 0) return [];
  if (hasUnknown(is)) return [cannotTell(change, [actions])];
  const left: readonly unknown[] = Array.isArray(is) ? is : [];
  if (was.every((action) => left.includes(action))) return [];
  return [
    actions === RINGS
      ? about(change, [actions], true, "The alarm no longer tells all whom it told")
      : about(change, [actions], false, "Whether it is told otherwise that nothing is measured any more can't be told"),
  ];
}

/** A composite alarm that stays quiet where it rang. */
function rule(change: Change): readonly Finding[] {
  const [was, is] = [change.before?.[RULE], change.after?.[RULE]];
  if (was === is || typeof was !== "string") return [];
  if (typeof is !== "string") return [cannotTell(change, [RULE])];
  const less = ringsLess(was, is);
  if (less === "no") return [];
  return less === "yes"
    ? [about(change, [RULE], true, "The alarm stays quiet in states in which it rang")]
    : [about(change, [RULE], false, "Whether the alarm still rings in all states in which it rang can't be decided")];
}

/** Another alarm that keeps a composite one from telling anybody while it rings. */
function suppressed(change: Change): readonly Finding[] {
  const [was, is] = [change.before, change.after].map((values) => at(values, SUPPRESSOR, 0, "alarm"));
  if (isEmpty(is) || was === is) return [];
  if (is === UNKNOWN) return [cannotTell(change, [SUPPRESSOR])];
  return [about(change, [SUPPRESSOR], isEmpty(was), "While another alarm rings, this one tells nobody")];
}

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
  // A number that isn't said is zero in what the provider has read.
  const isNothing = (value: Value | undefined) => isEmpty(value) || value === 0;
  const same = (name: string) =>
    (isNothing(before?.[name]) && isNothing(after?.[name])) || canonical(before?.[name]) === canonical(after?.[name]);
  return MEANING.filter((name) => !same(name)).map((name) =>
    about(change, [name], false, "Whether the alarm still tells of all that it told can't be decided"),
  );
}
