import { about, pair } from "../judging/attribute";
import { canonical } from "../plan/values";
import type { Check } from "./check";

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_log_metric_filter: ["pattern", "metric_transformation", "apply_on_transformed_logs"],
  aws_cloudwatch_log_subscription_filter: ["filter_pattern", "apply_on_transformed_logs"],
};

export const logFilter: Check = {
  id: "log-filter",
  title: "A log group's filter that changes",
  why: "Metric filters are what CIS alarms count with: one that matches less, or counts under another name, turns its alarm off without touching it.",
  mend: "Try the new pattern on old log lines (`aws logs filter-log-events`) before it replaces the old one.",
  looksAt: ATTRIBUTES,
  unknown: "cannot tell, as with every change of such a pattern: CloudWatch's language isn't read here",
  judge: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    return (ATTRIBUTES[change.type] ?? [])
      .filter((name) => canonical(sides.before[name] || null) !== canonical(sides.after[name] || null))
      .map((name) =>
        about(
          change,
          [name],
          false,
          "Whether the new filter counts or passes on all that the old one did can't be decided",
        ),
      );
  },
};
