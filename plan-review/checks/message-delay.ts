import { about, cannotTell, numberOr, pair } from "../judging/attribute";
import { at, UNKNOWN } from "../plan/values";
import type { Check } from "./check";

/** Seconds within which an alert still counts as prompt. */
const PROMPT = 60;

const WAITS: Readonly<Record<string, string>> = {
  aws_sqs_queue: "delay_seconds",
  aws_lambda_event_source_mapping: "maximum_batching_window_in_seconds",
};

export const messageDelay: Check = {
  id: "message-delay",
  title: "Events that wait before they are judged",
  why: "An alert is worth most in the first minutes: with the keys to an account, a quarter of an hour is long.",
  mend: "Leave the time at zero. To wake the function less often, let it take more messages at once (`batch_size`).",
  looksAt: Object.fromEntries(Object.entries(WAITS).map(([type, attribute]) => [type, [attribute]])),
  unknown: "cannot tell; less than a minute is let through",
  judge: (change) => {
    const sides = pair(change);
    const path = [WAITS[change.type] ?? ""];
    const read = numberOr(0);
    const was = read(at(sides?.before, ...path));
    const value = at(sides?.after, ...path);
    const is = read(value);
    if (was === undefined) return [];
    if (value === UNKNOWN) return [cannotTell(change, path)];
    return is !== undefined && is > was && is >= PROMPT
      ? [about(change, path, true, "Every event waits before the function gets it")]
      : [];
  },
};
