import { about, indeterminate } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { ruleStates } from "../evaluation/rule-state";
import { UNKNOWN } from "../plan/values";

export const ruleDisabled: Check = {
  id: "rule-disabled",
  title: "EventBridge rule disabled",
  why: "A disabled rule matches no events and leaves no record of what it missed.",
  remediation:
    "Keep the rule's `state`. To avoid false positives, narrow the detection or suppress them with a reason and an end date.",
  looksAt: { aws_cloudwatch_event_rule: ["state", "is_enabled"] },
  evaluate: (change) => {
    const { before, after, path } = ruleStates(change);
    if (before === "DISABLED" || before === undefined || after === before) return [];
    if (after === UNKNOWN) return [indeterminate(change, path)];
    return after === "DISABLED" ? [about(change, path, true, "The rule is disabled")] : [];
  },
};
