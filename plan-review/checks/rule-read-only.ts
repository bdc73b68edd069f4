import { about } from "../judging/attribute";
import { ruleStates } from "../judging/rule-state";
import type { Check } from "./check";

const ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

export const ruleReadOnly: Check = {
  id: "rule-read-only",
  title: "A rule that no longer sees calls that only read",
  why: "Only in this state does EventBridge match read-only calls such as GetCallerIdentity or ListBuckets, with which an intruder looks round first.",
  mend: "Leave `state` at `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`.",
  looksAt: { aws_cloudwatch_event_rule: ["state"] },
  judge: (change) => {
    const { before, after, path } = ruleStates(change);
    if (before !== ALL || after !== "ENABLED") return [];
    return [about(change, path, true, "The rule no longer sees calls that only read")];
  },
};
