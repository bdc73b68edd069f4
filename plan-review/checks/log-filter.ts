import { about, indeterminate, pair } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import { filterNarrowing } from "../filter/narrowing";
import { code } from "../plan/escape";
import type { Change } from "../plan/plan";
import { at, canonical, hasUnknown, isEmpty, type Value } from "../plan/values";

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
  title: "Log group filter matches fewer events",
  why: "CIS alarms count with metric filters. A filter that matches fewer events, or counts under another name, silences its alarm without changing it.",
  remediation:
    "Let the new pattern match everything that the old one matched. Test it on old log lines first (`aws logs filter-log-events`). If you mean to match fewer events, accept the violation with a reason.",
  looksAt: Object.fromEntries(
    Object.entries(PATTERNS).map(([type, pattern]) => [type, [pattern, ...(OTHERS[type] ?? [])]]),
  ),
  limits:
    "Indeterminate: patterns that cannot be compared, such as those for space-delimited lines; another metric, value or dimension.",
  evaluate: (change) => {
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
  if (hasUnknown(is)) return [indeterminate(change, [name])];
  if (typeof was !== "string" || typeof is !== "string") return [undecided(change, name)];
  const verdict = filterNarrowing(was, is);
  if (verdict.narrows === "no") return [];
  if (verdict.narrows === "indeterminate") return [undecided(change, name)];
  const what = change.isSensitive([name])
    ? "The filter no longer matches everything that it matched"
    : `The filter no longer matches, for example, ${code(verdict.lost)}`;
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
  return about(change, [name], false, "The new filter may count or pass on fewer events");
}
