import { code } from "../escape";
import { filterNarrowing } from "../filter/narrowing";
import { about, cannotTell, pair } from "../judging/attribute";
import type { Change } from "../plan/plan";
import { at, canonical, hasUnknown, isEmpty, type Value } from "../plan/values";
import type { Check, Finding } from "./check";

const PATTERNS: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_metric_filter: "pattern",
  aws_cloudwatch_log_subscription_filter: "filter_pattern",
};
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_log_metric_filter: ["metric_transformation", "apply_on_transformed_logs"],
  aws_cloudwatch_log_subscription_filter: ["apply_on_transformed_logs"],
};

export const logFilter: Check = {
  id: "log-filter",
  title: "A log group's filter that matches less than before",
  why: "Metric filters are what CIS alarms count with: one that matches less, or counts under another name, turns its alarm off without touching it.",
  mend: "Let the new pattern match all that the old one did. Try it on old log lines (`aws logs filter-log-events`) before it replaces the old one; if fewer events are meant, accept it with the reason.",
  looksAt: Object.fromEntries(
    Object.entries(PATTERNS).map(([type, pattern]) => [type, [pattern, ...(OTHERS[type] ?? [])]]),
  ),
  unknown:
    "cannot tell; so are patterns of which it can't be decided whether the new one matches all that the old one did, those for space-delimited lines, and another metric, value or dimension",
  judge: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const others = (OTHERS[change.type] ?? []).filter(
      (name) => canonical(sides.before[name] || null) !== canonical(sides.after[name] || null),
    );
    return [
      ...pattern(change, PATTERNS[change.type] ?? ""),
      ...others.map((name) => countsNothing(change, name) ?? undecided(change, name)),
    ];
  },
};

function pattern(change: Change, name: string): readonly Finding[] {
  const [was, is] = [change.before?.[name] ?? "", change.after?.[name] ?? ""];
  if (was === is || isEmpty(is)) return [];
  if (hasUnknown(is)) return [cannotTell(change, [name])];
  if (typeof was !== "string" || typeof is !== "string") return [undecided(change, name)];
  const verdict = filterNarrowing(was, is);
  if (verdict.narrows === "no") return [];
  if (verdict.narrows === "cannot tell") return [undecided(change, name)];
  const what = change.isSensitive([name])
    ? "The filter no longer matches all that it matched"
    : `The filter no longer matches ${code(verdict.lost)}, for example`;
  return [about(change, [name], true, what)];
}

/** A filter that counted, and adds zero or less from now on. */
function countsNothing(change: Change, name: string): Finding | undefined {
  const [was, is] = [change.before, change.after].map((values) => at(values, name, 0, "value"));
  const isNothing = (value: Value | undefined) => typeof value === "string" && value !== "" && Number(value) <= 0;
  if (name !== "metric_transformation" || !isNothing(is) || isNothing(was)) return undefined;
  return about(change, [name, 0, "value"], true, "What the filter matches counts as zero or less");
}

function undecided(change: Change, name: string): Finding {
  return about(
    change,
    [name],
    false,
    "Whether the new filter counts or passes on all that the old one did can't be decided",
  );
}
