import type { Change } from "../plan/plan";
import type { PlanContext } from "./context";

/** What configures a queue's dead letters apart from the queue. */
export const REDRIVE = "aws_sqs_queue_redrive_policy";

/** A redrive policy that is created, as a change of what its queue has already; any other change as it is. */
export function overOwnPolicy(change: Change, { monitoring, changes }: PlanContext): Change {
  if (change.type !== REDRIVE || change.action !== "create") return change;
  const queue = monitoring
    .referred(change.address, "aws_sqs_queue")
    .flatMap((address) => changes.get(address) ?? [])
    .find(({ before, imported }) => before && !imported && [before.url, before.id].includes(change.after?.queue_url));
  return queue ? change.since(queue.before) : change;
}
