import type { EventPattern } from "../engine/pattern";

/** How a rule is enabled: without or with the calls that only read. */
export type RuleState = "ENABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/**
 * EventBridge hands read-only management events only to rules that ask for them; `ENABLED` is enough when every call
 * the pattern can match is named and none is called Describe…, Get… or List…
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
 */
export function ruleState(pattern: EventPattern): RuleState {
  const { detail } = pattern;
  return isPattern(detail) && namesOnlyChanges(detail) ? "ENABLED" : "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
}

function namesOnlyChanges({ eventName, $or }: EventPattern): boolean {
  if (Array.isArray(eventName)) {
    return eventName.every((name) => typeof name === "string" && !/^(Describe|Get|List)/.test(name));
  }
  return Array.isArray($or) && $or.every((alternative) => isPattern(alternative) && namesOnlyChanges(alternative));
}

function isPattern(node: unknown): node is EventPattern {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}
