import { emptied, switched } from "../judging/attribute";
import type { Estate } from "../judging/estate";
import { messageFilter } from "../judging/message-filter";
import { namesSame } from "../monitoring/tokens";
import type { Change } from "../plan/plan";
import type { Check, Finding } from "./check";

const MAPPING = "aws_lambda_event_source_mapping";
const PIPE = "aws_pipes_pipe";
const FILTER = "filter_criteria";
const REPORTS = "function_response_types";

export const functionTrigger: Check = {
  id: "function-trigger",
  title: "A function that its queue no longer wakes, or not with every message",
  why: "With its event source mapping off, or behind a filter, messages wait in the queue until they expire, or are thrown away unread. One that no longer asks which messages failed takes all for handled. A second reader takes messages away from the first.",
  mend: "Leave the mapping enabled and without a filter of its own: what isn't wanted is better left out by the rule.",
  looksAt: { [MAPPING]: ["enabled", FILTER, REPORTS], [PIPE]: ["source"] },
  judge: (change, estate) => [...competing(change, estate), ...(change.type === MAPPING ? reading(change) : [])],
};

function reading(change: Change): readonly Finding[] {
  return [
    ...switched(change, ["enabled"], true, true, "The function is no longer woken by its queue"),
    ...emptied(change, [REPORTS], "Messages that failed count as handled, and are not tried again"),
    ...messageFilter(change, [FILTER]),
  ];
}

/** A queue gives each message to one reader. */
function competing({ address, action, type, after }: Change, { monitoring, changes }: Estate): readonly Finding[] {
  const name = type === PIPE ? "" : after?.function_name;
  if (action !== "create" || typeof name !== "string") return [];
  const queues = monitoring
    .referred(address, "aws_sqs_queue")
    // A pipe may fill a queue instead.
    .filter((queue) => type !== PIPE || after?.source === changes.get(queue)?.before?.arn);
  const first = queues
    .flatMap((queue) => [MAPPING, PIPE].flatMap((reader) => monitoring.referring(queue, reader)))
    .flatMap((other) => changes.get(other) ?? [])
    .find(({ type: kind, before, after: stays }) => {
      if (kind === PIPE)
        return stays !== undefined && queues.some((queue) => before?.source === changes.get(queue)?.before?.arn);
      const reader = before && stays?.function_name;
      return typeof reader === "string" && !namesSame(reader, name);
    });
  return first ? [{ weakens: true, what: "It takes messages away from what reads the queue" }] : [];
}
