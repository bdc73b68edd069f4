import { at, parsed, UNKNOWN, type Values } from "../plan/values";

/** How often a queue hands out a message before it counts as dead; undefined where it always does so again. */
export function maxReceives(values: Values): number | typeof UNKNOWN | undefined {
  const count = at(parsed(values.redrive_policy), "maxReceiveCount");
  if (count === UNKNOWN) return UNKNOWN;
  // Older configurations write it as a text.
  const number = typeof count === "string" ? Number(count) : count;
  return typeof number === "number" && number > 0 ? number : undefined;
}
