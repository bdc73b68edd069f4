import { about, indeterminate, numberOr, pair } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { at, UNKNOWN } from "../plan/values";

/** Seconds within which an alert still counts as prompt. */
const PROMPT = 60;

const WAITS: Readonly<Record<string, string>> = {
  aws_sqs_queue: "delay_seconds",
  aws_lambda_event_source_mapping: "maximum_batching_window_in_seconds",
};

export const messageDelay: Check = {
  id: "message-delay",
  title: "Events wait before they are evaluated",
  why: "An alert is worth most in the first minutes. With an account's keys, an intruder can do a lot in 15 minutes.",
  remediation: "Keep the delay at zero. To invoke the function less often, raise `batch_size`.",
  looksAt: Object.fromEntries(Object.entries(WAITS).map(([type, attribute]) => [type, [attribute]])),
  limits: "Passes: a delay of less than a minute.",
  evaluate: (change) => {
    const sides = pair(change);
    const path = [WAITS[change.type] ?? ""];
    const read = numberOr(0);
    const was = read(at(sides?.before, ...path));
    const value = at(sides?.after, ...path);
    const is = read(value);
    if (was === undefined) return [];
    if (value === UNKNOWN) return [indeterminate(change, path)];
    return is !== undefined && is > was && is >= PROMPT
      ? [about(change, path, true, "Every event waits before the function receives it")]
      : [];
  },
};
