import { about, cannotTell } from "../judging/attribute";
import { ruleStates } from "../judging/rule-state";
import { UNKNOWN } from "../plan/values";
import type { Check } from "./check";

export const ruleDisabled: Check = {
  id: "rule-disabled",
  title: "A rule that is switched off",
  why: "A disabled rule matches nothing and leaves no trace of what it would have matched.",
  mend: "Leave the rule's `state` as it is. A detection that is too loud is better narrowed, or suppressed with a reason and a last day.",
  looksAt: { aws_cloudwatch_event_rule: ["state", "is_enabled"] },
  judge: (change) => {
    const { before, after, path } = ruleStates(change);
    if (before === "DISABLED" || before === undefined || after === before) return [];
    if (after === UNKNOWN) return [cannotTell(change, path)];
    return after === "DISABLED" ? [about(change, path, true, "The rule is switched off")] : [];
  },
};
