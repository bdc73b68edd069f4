import { about, altered, limitOr, lowered } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import type { Change, Step } from "../plan/plan";
import { at, UNKNOWN } from "../plan/values";

const TABLE = "aws_dynamodb_table";
const FUNCTION = "aws_lambda_function";
const STREAM = "aws_kinesis_stream";
const MODE = ["stream_mode_details", 0, "stream_mode"];
const RESERVED = "reserved_concurrent_executions";
const WHAT = "The remaining capacity may be too low for a peak of events";
/**
 * How often Lambda runs a function at once for a queue at first: reserving as much takes nothing away.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const AT_FIRST = 5;
const NONE = Number.POSITIVE_INFINITY;

interface Amount {
  readonly path: readonly Step[];
  /** What AWS takes where nothing is said; -1 is no limit. */
  readonly usual: number;
}

/** Of which less is worse. */
const AMOUNTS: Readonly<Record<string, readonly Amount[]>> = {
  [FUNCTION]: [
    { path: ["memory_size"], usual: 128 },
    { path: ["timeout"], usual: 3 },
    { path: ["ephemeral_storage", 0, "size"], usual: 512 },
  ],
  aws_lambda_event_source_mapping: [{ path: ["scaling_config", 0, "maximum_concurrency"], usual: NONE }],
  [TABLE]: [
    { path: ["on_demand_throughput", 0, "max_read_request_units"], usual: NONE },
    { path: ["on_demand_throughput", 0, "max_write_request_units"], usual: NONE },
  ],
  aws_cloudwatch_event_api_destination: [{ path: ["invocation_rate_limit_per_second"], usual: 300 }],
};
/** Of a table that has a capacity of its own. */
const PROVISIONED: readonly Amount[] = ["read_capacity", "write_capacity"].map((name) => ({ path: [name], usual: 0 }));

export const capacity: Check = {
  id: "capacity",
  title: "Less capacity of a function, table, stream or destination",
  why: "Intruders can hide in a peak. A throttled or overloaded resource falls behind, and drops events after too many attempts.",
  remediation: "Keep the capacity, or check in the metrics of the busiest day that less is enough.",
  looksAt: {
    ...Object.fromEntries(
      Object.entries(AMOUNTS).map(([type, amounts]) => [type, amounts.map(({ path }) => path.join("."))]),
    ),
    [FUNCTION]: [RESERVED, "memory_size", "timeout", "ephemeral_storage"],
    aws_lambda_event_source_mapping: ["batch_size", "scaling_config"],
    [STREAM]: ["shard_count", MODE.join(".")],
    [TABLE]: ["billing_mode", "read_capacity", "write_capacity", "on_demand_throughput"],
  },
  limits: "Always indeterminate: the plan does not show how much is needed.",
  evaluate: (change) => [
    ...(AMOUNTS[change.type] ?? []).flatMap((amount) => less(change, amount)),
    ...(change.type === FUNCTION ? reserved(change) : []),
    ...(change.type === TABLE ? provisioned(change) : []),
    ...(change.type === STREAM ? shards(change) : []),
    ...(change.type === "aws_lambda_event_source_mapping" ? more(change) : []),
  ],
};

function less(change: Change, { path, usual }: Amount): readonly Finding[] {
  return lowered(change, path, limitOr(usual), WHAT).map(undecided);
}

function reserved(change: Change): readonly Finding[] {
  const { before, after } = change;
  // Reported by `function-stopped`.
  if (after?.[RESERVED] === 0 || after?.[RESERVED] === UNKNOWN) return [];
  const all = (before?.[RESERVED] ?? -1) === -1;
  const enough = all && Number.isInteger(after?.[RESERVED]) && Number(after?.[RESERVED]) >= AT_FIRST;
  return enough ? [] : lowered(change, [RESERVED], limitOr(NONE), WHAT).map(undecided);
}

function undecided(finding: Finding): Finding {
  return { ...finding, weakens: false };
}

/** A function that is handed more messages at once has less time for each. */
function more(change: Change): readonly Finding[] {
  const [was, is] = [at(change.before, "batch_size"), at(change.after, "batch_size")];
  return typeof was === "number" && typeof is === "number" && is > was
    ? [about(change, ["batch_size"], false, "The function may run out of time for this many messages")]
    : [];
}

function provisioned(change: Change): readonly Finding[] {
  if (at(change.after, "billing_mode") === "PAY_PER_REQUEST") return [];
  if (at(change.before, "billing_mode") === "PAY_PER_REQUEST") return altered(change, ["billing_mode"], WHAT);
  return PROVISIONED.flatMap((amount) => less(change, amount));
}

function shards(change: Change): readonly Finding[] {
  if (at(change.after, ...MODE) === "ON_DEMAND") return [];
  if (at(change.before, ...MODE) === "ON_DEMAND") return altered(change, MODE, WHAT);
  return less(change, { path: ["shard_count"], usual: 0 });
}
