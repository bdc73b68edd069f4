import { narrowing } from "../../detection/pattern/analysis/subset";
import { about, indeterminate, pair } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { isEmpty, parsed, UNKNOWN } from "../plan/values";

const FILTER = "filter_policy";
const SCOPE = "filter_policy_scope";
/** What SNS takes for a scope where nothing is said. */
const ATTRIBUTES = "MessageAttributes";

export const subscriptionFilter: Check = {
  id: "subscription-filter",
  title: "Subscriber receives fewer alerts",
  why: "SNS drops messages that a filter policy does not match, and leaves no trace.",
  remediation:
    "Keep the filter policy as wide as it is. If fewer alerts are enough, accept the violation with a reason.",
  looksAt: { aws_sns_topic_subscription: [FILTER, SCOPE] },
  limits: "Indeterminate: filter policies that cannot be compared.",
  evaluate: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const [was, is] = [sides.before[FILTER], sides.after[FILTER]];
    const sameScope = (sides.before[SCOPE] || ATTRIBUTES) === (sides.after[SCOPE] || ATTRIBUTES);
    if ((was === is && sameScope) || isEmpty(is) || isEmpty(parsed(is) ?? is)) return [];
    if (is === UNKNOWN) return [indeterminate(change, [FILTER])];
    if (isEmpty(was) || isEmpty(parsed(was) ?? was))
      return [
        about(
          change,
          [FILTER],
          true,
          "The subscriber received every alert, and now receives only those that a filter policy matches",
        ),
      ];
    const verdict = sameScope
      ? // SNS's filters are written as EventBridge's patterns are, and mean the same as far as both have an operator.
        narrowing(parsed(was), parsed(is)).narrows
      : undefined;
    if (verdict === "no") return [];
    return verdict === "yes"
      ? [about(change, [FILTER], true, "The subscriber receives fewer alerts than before")]
      : [about(change, [FILTER], false, "The subscriber may receive fewer alerts")];
  },
};
