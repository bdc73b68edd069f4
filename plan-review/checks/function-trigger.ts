import { emptied, switched } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import type { PlanContext } from "../evaluation/context";
import { messageFilter } from "../evaluation/message-filter";
import { namesSame } from "../monitoring/tokens";
import type { Change } from "../plan/plan";

const MAPPING = "aws_lambda_event_source_mapping";
const PIPE = "aws_pipes_pipe";
const FILTER = "filter_criteria";
const REPORTS = "function_response_types";

export const functionTrigger: Check = {
  id: "function-trigger",
  title: "Function no longer receives every message of its queue",
  why: "If its event source mapping is disabled or filtered, messages expire in the queue or are dropped. If the function no longer reports failed messages, all count as processed. A second reader takes messages away from the first.",
  remediation: "Keep the mapping enabled and without a filter. Exclude events in the rule instead.",
  looksAt: { [MAPPING]: ["enabled", FILTER, REPORTS], [PIPE]: ["source"] },
  limits: "Indeterminate: another filter in place of a filter; a second reader whose function is not known yet.",
  evaluate: (change, context) => [...competing(change, context), ...(change.type === MAPPING ? reading(change) : [])],
};

function reading(change: Change): readonly Finding[] {
  return [
    ...switched(change, ["enabled"], true, true, "The queue no longer invokes the function"),
    ...emptied(change, [REPORTS], "Failed messages count as processed, and are not retried"),
    ...messageFilter(change, [FILTER]),
  ];
}

/** A queue gives each message to one reader: what begins to read it takes from what reads it already. */
function competing(change: Change, { monitoring, changes }: PlanContext): readonly Finding[] {
  const { address, type, before, after } = change;
  const source = sourceOf(type, after);
  if (source === undefined || sourceOf(type, before) !== undefined) return [];
  const readers = monitoring
    .referred(address, "aws_sqs_queue")
    // A queue may also be what is filled, or where dead letters go.
    .filter((queue) => source === changes.get(queue)?.before?.arn)
    .flatMap((queue) => [MAPPING, PIPE].flatMap((reader) => monitoring.referring(queue, reader)))
    .flatMap((reader) => changes.get(reader) ?? [])
    .filter(
      (reader) => sourceOf(reader.type, reader.before) === source && sourceOf(reader.type, reader.after) === source,
    )
    .map((reader) => isSameFunction(change, reader, monitoring));
  if (readers.includes(false)) return [{ weakens: true, what: "A second reader takes messages away from the first" }];
  return readers.includes(undefined)
    ? [{ weakens: false, what: "A second reader may take messages away from the first" }]
    : [];
}

/** What is read, and by what is on. */
function sourceOf(type: string, values: Change["after"]): unknown {
  if (type === PIPE) return values?.desired_state === "STOPPED" ? undefined : values?.source;
  return values?.enabled === false ? undefined : values?.event_source_arn;
}

/** Undefined where that isn't known yet. */
function isSameFunction(one: Change, other: Change, monitoring: PlanContext["monitoring"]): boolean | undefined {
  if (one.type === PIPE || other.type === PIPE) return false;
  const [ours, theirs] = [one, other].map(({ address }) => monitoring.referred(address, "aws_lambda_function"));
  if (ours?.length && theirs?.length) return ours.some((address) => theirs.includes(address));
  const [name, reader] = [one.after?.function_name, other.after?.function_name];
  return typeof name === "string" && typeof reader === "string" ? namesSame(name, reader) : undefined;
}
