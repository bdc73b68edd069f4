import { about } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { ruleStates } from "../evaluation/rule-state";

const ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

export const ruleReadOnly: Check = {
  id: "rule-read-only",
  title: "Rule no longer matches read-only calls",
  why: "In every other state, EventBridge does not match read-only calls such as GetCallerIdentity or ListBuckets. Intruders make such calls first.",
  remediation: "Keep `state` at `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`.",
  looksAt: { aws_cloudwatch_event_rule: ["state"] },
  evaluate: (change) => {
    const { before, after, path } = ruleStates(change);
    if (before !== ALL || after !== "ENABLED") return [];
    return [about(change, path, true, "The rule no longer matches read-only calls")];
  },
};
