import { about, cannotTell, emptied, pair, switched } from "../judging/attribute";
import { canonical, hasUnknown, isEmpty } from "../plan/values";
import type { Check } from "./check";

const FILTER = "filter_criteria";
const REPORTS = "function_response_types";

export const functionTrigger: Check = {
  id: "function-trigger",
  title: "A function that its queue no longer wakes",
  why: "With its event source mapping off, or behind a filter, messages wait in the queue until they expire, or are thrown away unread. One that no longer asks which messages failed takes all for handled.",
  mend: "Leave the mapping enabled and without a filter of its own: what isn't wanted is better left out by the rule.",
  looksAt: { aws_lambda_event_source_mapping: ["enabled", FILTER, REPORTS] },
  judge: (change) => {
    const off = [
      ...switched(change, ["enabled"], true, true, "The function is no longer woken by its queue"),
      ...emptied(change, [REPORTS], "Messages that failed count as handled, and are not tried again"),
    ];
    const sides = pair(change);
    if (!sides || isEmpty(sides.after[FILTER]) || canonical(sides.before[FILTER]) === canonical(sides.after[FILTER]))
      return off;
    if (hasUnknown(sides.after[FILTER])) return [...off, cannotTell(change, [FILTER])];
    const first = isEmpty(sides.before[FILTER]);
    const what = first
      ? "Messages that a filter does not match are thrown away"
      : "Whether the new filter matches all that the old one did can't be decided";
    return [...off, about(change, [FILTER], first, what)];
  },
};
