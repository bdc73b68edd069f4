import { narrowing } from "../../detection/pattern/analysis/subset";
import { about, cannotTell, pair } from "../judging/attribute";
import { isEmpty, parsed, UNKNOWN } from "../plan/values";
import type { Check } from "./check";

const FILTER = "filter_policy";
const SCOPE = "filter_policy_scope";
/** What SNS takes for a scope where nothing is said. */
const ATTRIBUTES = "MessageAttributes";

export const subscriptionFilter: Check = {
  id: "subscription-filter",
  title: "A subscriber who is told less",
  why: "SNS drops what a filter policy does not match, without a trace.",
  mend: "Leave the filter policy as wide as it is, or accept it with the reason why less will do.",
  looksAt: { aws_sns_topic_subscription: [FILTER, SCOPE] },
  unknown:
    "cannot tell; filters of which it can't be decided whether the new one lets through all that the old one did, likewise",
  judge: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const [was, is] = [sides.before[FILTER], sides.after[FILTER]];
    const sameScope = (sides.before[SCOPE] || ATTRIBUTES) === (sides.after[SCOPE] || ATTRIBUTES);
    if ((was === is && sameScope) || isEmpty(is) || isEmpty(parsed(is) ?? is)) return [];
    if (is === UNKNOWN) return [cannotTell(change, [FILTER])];
    if (isEmpty(was) || isEmpty(parsed(was) ?? was))
      return [
        about(
          change,
          [FILTER],
          true,
          "The subscriber was told everything, and is told only what a filter lets through",
        ),
      ];
    const verdict = sameScope
      ? // SNS's filters are written as EventBridge's patterns are, and mean the same as far as both have an operator.
        narrowing(parsed(was), parsed(is)).narrows
      : "cannot tell";
    if (verdict === "no") return [];
    return verdict === "yes"
      ? [about(change, [FILTER], true, "The subscriber is told less than before")]
      : [
          about(
            change,
            [FILTER],
            false,
            "Whether the new filter lets through all that the old one did can't be decided",
          ),
        ];
  },
};
