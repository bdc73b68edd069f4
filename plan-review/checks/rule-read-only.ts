import { about } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { forwardedLess, isEnoughForBus } from "../evaluation/passed-on";
import { ruleStates } from "../evaluation/rule-state";

const ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

export const ruleReadOnly: Check = {
  id: "rule-read-only",
  title: "Rule no longer matches read-only calls",
  why: "In every other state, EventBridge does not match read-only calls such as GetCallerIdentity or ListBuckets. Intruders make such calls first.",
  remediation: "Keep `state` at `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`.",
  looksAt: { aws_cloudwatch_event_rule: ["state"] },
  evaluate: (change, context) => {
    const { before, after, path } = ruleStates(change);
    if (before !== ALL || after !== "ENABLED") return [];
    if (isEnoughForBus(change, context)) return [];
    const forwarder = context.forwarders.get(change.address);
    const where = forwarder ? forwardedLess(forwarder, context) : "";
    return [about(change, path, true, `The rule no longer matches read-only calls${where}`)];
  },
};
