import { about, indeterminate } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import type { PlanContext } from "../evaluation/context";
import { cronWithin } from "../evaluation/cron";
import { namesSame, valuesAt } from "../monitoring/tokens";
import type { Change, Step } from "../plan/plan";
import { at, canonical, hasUnknown, isEmpty, UNKNOWN, type Value, type Values } from "../plan/values";

const TARGETS = ["mute_targets", 0, "alarm_names"] as const;
const SCHEDULE = ["rule", 0, "schedule", 0] as const;
const MUTED = "Monitoring alarms are muted";
const ALARMS = ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"];
/** Length of a mute in minutes, as `PT4H`. */
const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;

/**
 * Arguments: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_alarm_mute_rule;
 * what they do: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html
 */
export const alarmMuted: Check = {
  id: "alarm-muted",
  title: "Monitoring alarm muted",
  why: "A muted alarm changes state but notifies no one, and its own settings do not show that. A rule without targets mutes every alarm of the account and region.",
  remediation: "Remove the monitoring's alarms from the rule. Name all other alarms to mute in `mute_targets`.",
  looksAt: {
    aws_cloudwatch_alarm_mute_rule: [
      TARGETS.join("."),
      ...["expression", "timezone", "duration"].map((name) => [...SCHEDULE, name].join(".")),
      "start_date",
      "expire_date",
    ],
  },
  evaluate: (change, context) => {
    const { before, after } = change;
    if (!after) return [];
    const names = at(after, ...TARGETS);
    const [had, has] = [muted(before, context), muted(after, context)];
    const more = has === "all" ? had !== "all" : had !== "all" && [...has].some((name) => !had.has(name));
    if (more) return [about(change, TARGETS, true, MUTED)];
    const unresolved = hasUnknown(names) || at(after, TARGETS[0]) === UNKNOWN ? [indeterminate(change, TARGETS)] : [];
    if (has !== "all" && has.size === 0) return unresolved;
    return [...unresolved, ...(before ? longer(change, before, after) : [])];
  },
};

/** The alarms of the monitoring that a rule mutes, by their addresses. */
function muted(values: Values | undefined, { monitoring, changes }: PlanContext): ReadonlySet<string> | "all" {
  if (!values) return new Set();
  const names = valuesAt(values, ["mute_targets", "*", "alarm_names", "*"]);
  if (names.length === 0 && isEmpty(at(values, ...TARGETS))) return "all";
  return new Set(
    names.flatMap((name) => {
      if (typeof name !== "string") return [];
      return [...changes.values()]
        .filter(
          ({ type, address, before, after }) =>
            ALARMS.includes(type) &&
            monitoring.reason(address) !== undefined &&
            [before, after].some((each) => typeof each?.alarm_name === "string" && namesSame(each.alarm_name, name)),
        )
        .map(({ address }) => address);
    }),
  );
}

/** A rule that mutes at other times than before, or for longer. */
function longer(change: Change, before: Values, after: Values): readonly Finding[] {
  const found: Finding[] = [];
  const compare = (path: readonly Step[], wider: (was: Value | undefined, is: Value | undefined) => boolean) => {
    const [was, is] = [at(before, ...path), at(after, ...path)];
    if (is === UNKNOWN) found.push(indeterminate(change, path));
    else if (wider(was, is)) found.push(about(change, path, true, "Alarms are muted for longer, or at other times"));
  };
  compare([...SCHEDULE, "expression"], (was, is) => !cronWithin(text(is), text(was)));
  compare([...SCHEDULE, "timezone"], (was, is) => (was || "UTC") !== (is || "UTC"));
  compare([...SCHEDULE, "duration"], (was, is) => was !== is && !(minutes(is) <= minutes(was)));
  compare(["start_date"], (was, is) => !isEmpty(was) && !(time(is) >= time(was)));
  compare(["expire_date"], (was, is) => !isEmpty(was) && !(time(is) <= time(was)));
  return found;
}

/** Not a number for what can't be read, which is neither less nor more. */
function minutes(value: Value | undefined): number {
  const [whole, days, hours, rest] = DURATION.exec(typeof value === "string" ? value : "") ?? [];
  if (whole === undefined) return Number.NaN;
  return Number(days ?? 0) * 1_440 + Number(hours ?? 0) * 60 + Number(rest ?? 0);
}

function time(value: Value | undefined): number {
  return typeof value === "string" ? Date.parse(value) : Number.NaN;
}

function text(value: Value | undefined): string {
  return typeof value === "string" ? value : canonical(value);
}
