import type { Change } from "../plan/plan";
import { isEmpty, UNKNOWN, type Values } from "../plan/values";
import { pair } from "./attribute";

interface RuleStates {
  /** `ENABLED`, `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS` or `DISABLED`; undefined when the rule comes or goes. */
  readonly before: unknown;
  readonly after: unknown;
  readonly path: readonly ["state" | "is_enabled"];
}

/** A rule's state; older configurations say it with `is_enabled`, and the provider keeps both. */
export function ruleStates(change: Change): RuleStates {
  const sides = pair(change);
  if (!sides) return { before: undefined, after: undefined, path: ["state"] };
  const { before, after } = sides;
  const byFlag =
    before.is_enabled !== after.is_enabled &&
    (before.state === after.state || isEmpty(after.state) || after.state === UNKNOWN);
  if (byFlag && after.is_enabled !== undefined) {
    return { before: flagged(before), after: flagged(after), path: ["is_enabled"] };
  }
  return { before: stateOf(before), after: stateOf(after), path: ["state"] };
}

/** A rule's state by itself. */
export function stateOf(values: Values): unknown {
  return isEmpty(values.state) ? flagged(values) : values.state;
}

function flagged({ is_enabled: enabled }: Values): unknown {
  if (enabled === UNKNOWN) return UNKNOWN;
  return enabled === false ? "DISABLED" : "ENABLED";
}
