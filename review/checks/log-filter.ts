import { about, pair } from "../judging/attribute";
import type { Check } from "./check";

const ATTRIBUTES: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_metric_filter: "pattern",
  aws_cloudwatch_log_subscription_filter: "filter_pattern",
};

export const logFilter: Check = {
  id: "log-filter",
  title: "A log group's filter that changes",
  why: "Metric filters are what CIS alarms count with: one that matches less turns its alarm off without touching it.",
  mend: "Try the new pattern on old log lines (`aws logs filter-log-events`) before it replaces the old one.",
  looksAt: Object.fromEntries(Object.entries(ATTRIBUTES).map(([type, attribute]) => [type, [attribute]])),
  unknown: "cannot tell, as with every change of such a pattern: CloudWatch's language isn't read here",
  judge: (change) => {
    const sides = pair(change);
    const attribute = ATTRIBUTES[change.type] ?? "";
    if (!sides || sides.before[attribute] === sides.after[attribute]) return [];
    return [
      about(change, [attribute], false, "Whether the new filter matches all that the old one did can't be decided"),
    ];
  },
};
