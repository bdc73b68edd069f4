import { about, altered, indeterminate, limitOr, pair } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import { configured, own, type PlanContext } from "../evaluation/context";
import { maxReceives } from "../evaluation/max-receives";
import { overOwnPolicy, REDRIVE } from "../evaluation/redrive-policy";
import type { Change, Step } from "../plan/plan";
import { at, canonical, isEmpty, parsed, UNKNOWN, type Values } from "../plan/values";

const POLICY = "redrive_policy";
const DELIVERY = "delivery_policy";
const TARGET = "aws_cloudwatch_event_target";
const INVOKED = "aws_lambda_function_event_invoke_config";
const ATTEMPTS = "maximum_retry_attempts";
const AGE = "maximum_event_age_in_seconds";
/** In seconds. */
const DAY = 86_400;
const NONE = Number.POSITIVE_INFINITY;

interface Limit {
  readonly path: readonly Step[];
  /** What AWS takes where nothing is said. */
  readonly usual: number;
  /** What the provider sends where the block is there without it; `usual` where it sends nothing. */
  readonly inBlock?: number;
}

const LIMITS: Readonly<Record<string, readonly Limit[]>> = {
  // Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
  [TARGET]: [
    { path: ["retry_policy", 0, ATTEMPTS], usual: 185, inBlock: 0 },
    { path: ["retry_policy", 0, AGE], usual: DAY },
  ],
  aws_scheduler_schedule: [
    { path: ["target", 0, "retry_policy", 0, ATTEMPTS], usual: 185 },
    { path: ["target", 0, "retry_policy", 0, AGE], usual: DAY },
  ],
  // Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
  [INVOKED]: [
    { path: [ATTEMPTS], usual: 2 },
    { path: [AGE], usual: DAY / 4 },
  ],
  // Of streams.
  aws_lambda_event_source_mapping: [
    { path: [ATTEMPTS], usual: NONE },
    { path: ["maximum_record_age_in_seconds"], usual: NONE },
  ],
};

export const retries: Check = {
  id: "retries",
  title: "Events retried fewer times or for less time",
  why: "Services can be throttled or down for minutes, sometimes hours. An event that is retried arrives late. Without enough retries, it never arrives.",
  remediation:
    "Keep EventBridge's 24 hours and 185 attempts, and the queue's `maxReceiveCount`. To find events that cannot be delivered, use a dead-letter queue, not fewer attempts.",
  looksAt: {
    ...Object.fromEntries(
      Object.entries(LIMITS).map(([type, limits]) => [type, limits.map(({ path }) => path.join("."))]),
    ),
    aws_sqs_queue: [POLICY],
    [REDRIVE]: [POLICY],
    aws_sns_topic: [DELIVERY],
    aws_sns_topic_subscription: [DELIVERY],
  },
  limits: "Indeterminate: another delivery policy of a topic or subscription.",
  evaluate: (change, context) => {
    if (change.type === "aws_sqs_queue" || change.type === REDRIVE) return received(change, context);
    const limits = LIMITS[change.type];
    if (limits) return limits.flatMap((limit) => fewer(change, limit, context));
    return sameDelivery(change) ? [] : altered(change, [DELIVERY], "HTTP subscribers may receive fewer retries");
  },
};

function fewer(change: Change, { path, usual, inBlock = usual }: Limit, context: PlanContext): readonly Finding[] {
  const sides = pair(change) ?? overDefaults(change, context);
  if (!sides) return [];
  const read = (values: Values) => {
    const there = !isEmpty(at(values, ...path.slice(0, -1)));
    return limitOr(there ? inBlock : usual)(at(values, ...path));
  };
  const [was, is] = [read(sides.before), read(sides.after)];
  if (was === undefined) return [];
  if (at(sides.after, ...path) === UNKNOWN) return [indeterminate(change, path)];
  return is !== undefined && is < was
    ? [about(change, path, true, "Events that cannot be delivered are dropped sooner")]
    : [];
}

function received(given: Change, context: PlanContext): readonly Finding[] {
  const change = overOwnPolicy(given, context);
  const sides = pair(change);
  if (!sides || (change.type === "aws_sqs_queue" && !own(change, REDRIVE, context))) return [];
  const [was, is] = [maxReceives(sides.before), maxReceives(sides.after)];
  if (typeof was !== "number") return [];
  if (is === UNKNOWN) return [indeterminate(change, [POLICY])];
  return typeof is === "number" && is < was
    ? [about(change, [POLICY], true, "Failed messages are retried fewer times")]
    : [];
}

/** Of a function that is there, and has what Lambda takes where nothing is said. */
function overDefaults(change: Change, context: PlanContext) {
  const isLaidOver = change.type === INVOKED && change.action === "create" && change.after;
  return isLaidOver && configured(change, "aws_lambda_function", context)
    ? { before: {}, after: change.after }
    : undefined;
}

function sameDelivery({ before, after }: Change): boolean {
  const read = (values: Values | undefined) => canonical(parsed(values?.[DELIVERY]) ?? null);
  return read(before) === read(after);
}
