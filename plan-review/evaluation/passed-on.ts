import { ruleState } from "../../detection/definition/rule-state";
import { type Narrowing, narrowing } from "../../detection/pattern/analysis/subset";
import { compilePattern } from "../../detection/pattern/compile";
import { matches } from "../../detection/pattern/match";
import type { EventPattern } from "../../detection/pattern/pattern";
import type { Change } from "../plan/plan";
import { isValues, parsed, type Value, type Values } from "../plan/values";
import type { PlanContext } from "./context";
import { stateOf } from "./rule-state";

const ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/** A rule's pattern, parsed, and the state that says whether it matches at all, and read-only calls too. */
export interface PassingRule {
  readonly pattern: Value | undefined;
  readonly state: unknown;
}

/**
 * What becomes of the events that a rule passed to a bus: other rules that pass to the same bus may match them.
 *
 * @param alone what the rule itself loses; undefined where it is gone
 * @param after all of these rules after the change, the rule itself included
 */
export function passedOn(was: PassingRule, alone: Narrowing | undefined, after: readonly PassingRule[]): Narrowing {
  const patterns = after.filter((rule) => isAsWide(rule, was.state)).flatMap(({ pattern }) => pattern ?? []);
  const [only, ...others] = patterns;
  const nothing: Narrowing = { narrows: "indeterminate", why: "no other rule passes events on" };
  if (only === undefined) return alone ?? nothing;
  const together = narrowing(was.pattern, others.length === 0 ? only : { $or: patterns });
  if (together.narrows !== "indeterminate" || alone?.narrows !== "yes") return together;
  // Neither shown to be lost nor to be passed on: but the one event that is known must be.
  return patterns.some((pattern) => isMatched(pattern, alone.lost)) ? together : alone;
}

/** Whether a rule matches read-only calls, or the other one matched none, or it can match none by its pattern. */
function isAsWide({ pattern, state }: PassingRule, as: unknown): boolean {
  if (!isValues(pattern)) return false;
  return state === ALL || (state === "ENABLED" && (as !== ALL || ruleState(pattern as EventPattern) === "ENABLED"));
}

function isMatched(pattern: Value, event: Parameters<typeof matches>[1]): boolean {
  try {
    return matches(compilePattern(pattern as EventPattern), event);
  } catch {
    return false;
  }
}

/** As `passedOn`, of a rule of the plan and all of its region that pass to the same bus; `alone` where it passes nothing on. */
export function passedOnByOthers<Alone extends Narrowing | undefined>(
  { address, before }: Change,
  alone: Alone,
  { forwarders, changes }: PlanContext,
): Narrowing | Alone {
  const forwarder = forwarders.get(address);
  if (!forwarder || !before) return alone;
  const after = [...forwarders.values()]
    .filter(({ region, bus }) => region === forwarder.region && bus === forwarder.bus)
    .flatMap(({ rule }) => {
      const values = changes.get(rule)?.after;
      return values ? [ruleOf(values)] : [];
    });
  return passedOn(ruleOf(before), alone, after);
}

/** What a rule's values say. */
export function ruleOf(values: Values): PassingRule {
  return { pattern: parsed(values.event_pattern), state: stateOf(values) };
}
