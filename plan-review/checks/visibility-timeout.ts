import { about, indeterminate, numberOr, pair } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import type { PlanContext } from "../evaluation/context";
import type { Change } from "../plan/plan";
import { UNKNOWN, type Values } from "../plan/values";

const QUEUE = "aws_sqs_queue";
const FUNCTION = "aws_lambda_function";
const MAPPING = "aws_lambda_event_source_mapping";
const VISIBILITY = "visibility_timeout_seconds";
const TIMEOUT = "timeout";
/** What AWS takes where nothing is said, in seconds. */
const seconds = { visibility: numberOr(30), timeout: numberOr(3) };
/** How many of the function's timeouts AWS advises. */
const ADVISED = 6;
/** From here on a second try is no longer soon, in seconds. */
const LATE = 3_600;

export const visibilityTimeout: Check = {
  id: "visibility-timeout",
  title: "Queue redelivers messages that are still being processed",
  why: "Each delivery counts as an attempt. Events that the function would have processed in time end in the dead-letter queue, without an alert.",
  remediation:
    "Keep `visibility_timeout_seconds` at six times the `timeout` of the function that reads the queue, as AWS recommends. Raise both together.",
  looksAt: { [QUEUE]: [VISIBILITY], [FUNCTION]: [TIMEOUT] },
  limits: "Indeterminate: less than six times the function's timeout; more than an hour, because it delays retries.",
  evaluate: (change, context) => {
    const sides = pair(change);
    if (!sides) return [];
    return change.type === QUEUE ? queue(change, sides, context) : longer(change, sides, context);
  },
};

type Sides = NonNullable<ReturnType<typeof pair>>;

function queue(change: Change, sides: Sides, context: PlanContext): readonly Finding[] {
  const [was, is] = [seconds.visibility(sides.before[VISIBILITY]), sides.after[VISIBILITY]];
  const readers = reading(change, FUNCTION, context);
  if (was === undefined || is === sides.before[VISIBILITY] || readers.length === 0) return [];
  if (is === UNKNOWN) return [indeterminate(change, [VISIBILITY])];
  const now = seconds.visibility(is) ?? was;
  if (now > was) {
    return now > LATE
      ? [
          about(
            change,
            [VISIBILITY],
            false,
            "Failed messages are retried only after more than an hour, which may be too late",
          ),
        ]
      : [];
  }
  const timeout = Math.max(...readers.map((reader) => timeoutOf(reader.after ?? reader.before)));
  const timedOut = Math.max(...readers.map((reader) => timeoutOf(reader.before ?? reader.after)));
  if (now < timeout) return was < timedOut ? [] : [about(change, [VISIBILITY], true, TOO_SHORT)];
  return now < was && now < ADVISED * timeout
    ? [about(change, [VISIBILITY], false, "Messages may be redelivered while they are being retried")]
    : [];
}

const TOO_SHORT = "Messages are redelivered while the function still processes them";

/** A function that takes longer, on queues that know nothing of it. */
function longer(change: Change, { before, after }: Sides, context: PlanContext): readonly Finding[] {
  const [was, is] = [timeoutOf(before), timeoutOf(after)];
  if (is <= was) return [];
  const caught = reading(change, QUEUE, context).some((queue) => {
    const [hid, hides] = [queue.before ?? queue.after, queue.after ?? queue.before].map((values) =>
      seconds.visibility(values?.[VISIBILITY]),
    );
    return hid !== undefined && hides !== undefined && hid >= was && hides < is;
  });
  return caught ? [about(change, [TIMEOUT], true, TOO_SHORT)] : [];
}

/** The functions that read a queue, or the queues that a function reads, by way of its event sources. */
function reading({ address }: Change, type: string, { monitoring, changes }: PlanContext): readonly Change[] {
  return monitoring
    .referring(address, MAPPING)
    .flatMap((mapping) => monitoring.referred(mapping, type))
    .flatMap((other) => changes.get(other) ?? []);
}

function timeoutOf(values: Values | undefined): number {
  return seconds.timeout(values?.[TIMEOUT]) ?? 0;
}
