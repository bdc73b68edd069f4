import { about, cannotTell, emptied, pair, switched } from "../judging/attribute";
import type { Estate } from "../judging/estate";
import { namesSame } from "../monitoring/tokens";
import type { Change } from "../plan/plan";
import { canonical, hasUnknown, isEmpty } from "../plan/values";
import type { Check, Finding } from "./check";

const FILTER = "filter_criteria";
const REPORTS = "function_response_types";

export const functionTrigger: Check = {
  id: "function-trigger",
  title: "A function that its queue no longer wakes, or not with every message",
  why: "With its event source mapping off, or behind a filter, messages wait in the queue until they expire, or are thrown away unread. One that no longer asks which messages failed takes all for handled. A second reader takes messages away from the first.",
  mend: "Leave the mapping enabled and without a filter of its own: what isn't wanted is better left out by the rule.",
  looksAt: { aws_lambda_event_source_mapping: ["enabled", FILTER, REPORTS] },
  judge: (change, estate) => {
    const off = [
      ...competing(change, estate),
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

/** A queue gives each message to one reader. */
function competing({ address, action, type, after }: Change, { monitoring, changes }: Estate): readonly Finding[] {
  const name = after?.function_name;
  if (action !== "create" || typeof name !== "string") return [];
  const first = monitoring
    .referred(address, "aws_sqs_queue")
    .flatMap((queue) => monitoring.referring(queue, type))
    .flatMap((other) => changes.get(other) ?? [])
    .find((other) => {
      const reader = other.before && other.after?.function_name;
      return typeof reader === "string" && !namesSame(reader, name);
    });
  return first ? [{ weakens: true, what: "It takes messages away from the function that reads the queue" }] : [];
}
