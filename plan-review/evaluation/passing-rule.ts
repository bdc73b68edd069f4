import { ruleState } from "../../detection/definition/rule-state";
import type { EventPattern } from "../../detection/pattern/pattern";
import { isValues, parsed, UNKNOWN, type Value, type Values } from "../plan/values";
import { stateOf } from "./rule-state";

const ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/** A rule's pattern, parsed, and the state that says whether it matches at all, and read-only calls too. */
export interface PassingRule {
  readonly pattern: Value | undefined;
  readonly state: unknown;
}

/** What a rule's values say. */
export function ruleOf(values: Values): PassingRule {
  return { pattern: parsed(values.event_pattern), state: stateOf(values) };
}

/** Whether a rule matches read-only calls, or the other one matched none, or it can match none by its pattern. */
export function isAsWide({ pattern, state }: PassingRule, as: unknown): boolean {
  if (!isValues(pattern)) return false;
  const readsToo = as === ALL || as === UNKNOWN;
  return state === ALL || (state === "ENABLED" && (!readsToo || ruleState(pattern as EventPattern) === "ENABLED"));
}
