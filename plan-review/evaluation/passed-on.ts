import { type Narrowing, narrowing } from "../../detection/pattern/analysis/subset";
import { compilePattern } from "../../detection/pattern/compile";
import { matches } from "../../detection/pattern/match";
import type { EventPattern } from "../../detection/pattern/pattern";
import { code } from "../plan/escape";
import type { Change } from "../plan/plan";
import type { Value } from "../plan/values";
import type { PlanContext } from "./context";
import { isAsWide, type PassingRule, ruleOf } from "./passing-rule";

/** Where a rule passes events to, and from where. */
export interface Way {
  /** ARN of the bus. */
  readonly bus: string;
  /** Where the rule lies; undefined for regions in which no global service's events occur. */
  readonly region: string | undefined;
}

/**
 * What becomes of the events that a rule passed to a bus: the bus's rules may not need them, and other rules that pass to the
 * same bus may match them.
 *
 * @param alone what the rule itself loses; undefined where it is gone
 * @param after all of these rules after the change, the rule itself included
 */
export function passedOn(
  { bus, region }: Way,
  was: PassingRule,
  alone: Narrowing | undefined,
  after: readonly PassingRule[],
  { busRules }: PlanContext,
): Narrowing {
  return busRules.lostTo(bus, region, was, after) ?? passedByOthers(was, alone, after);
}

/** Where the plan doesn't say what the bus's rules need: whether the other rules match all that the rule did. */
export function passedByOthers(
  was: PassingRule,
  alone: Narrowing | undefined,
  after: readonly PassingRule[],
): Narrowing {
  const patterns = after.filter((rule) => isAsWide(rule, was.state)).flatMap(({ pattern }) => pattern ?? []);
  const [only, ...others] = patterns;
  const nothing: Narrowing = { narrows: "indeterminate", why: "no other rule passes events on" };
  if (only === undefined) return alone ?? nothing;
  const together = narrowing(was.pattern, others.length === 0 ? only : { $or: patterns });
  if (together.narrows !== "indeterminate" || alone?.narrows !== "yes") return together;
  // Neither shown to be lost nor to be passed on: but the one event that is known must be.
  return patterns.some((pattern) => isMatched(pattern, alone.lost)) ? together : alone;
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
  change: Change,
  alone: Alone,
  context: PlanContext,
): Narrowing | Alone {
  const forwarder = context.forwarders.get(change.address);
  if (!forwarder || !change.before) return alone;
  return passedOn(forwarder, ruleOf(change.before), alone, rulesBeside(change, forwarder, context), context);
}

/** Whether a bus gets all that its rules need, as far as a rule of the plan passed it on. */
export function isEnoughForBus(change: Change, context: PlanContext): boolean {
  const forwarder = context.forwarders.get(change.address);
  if (!forwarder || !change.before) return false;
  const { bus, region } = forwarder;
  const after = rulesBeside(change, forwarder, context);
  return context.busRules.lostTo(bus, region, ruleOf(change.before), after)?.narrows === "no";
}

function rulesBeside(
  change: Change,
  { bus, region }: Way,
  { forwarders, changes }: PlanContext,
): readonly PassingRule[] {
  return [...forwarders.values()]
    .filter((each) => each.region === region && each.bus === bus)
    .flatMap(({ rule }) => {
      // Drift is a change of its own.
      const values = rule === change.address ? change.after : changes.get(rule)?.after;
      return values ? [ruleOf(values)] : [];
    });
}

/** What to say of a forwarder's loss: from where, and how to accept it where the plan doesn't show what is needed. */
export function forwardedLess({ bus, region }: Way, { busRules }: PlanContext): string {
  const from = region === undefined ? "" : `. Fewer events arrive within seconds from: ${code(region)}`;
  return busRules.has(bus)
    ? from
    : `${from}. This plan lacks the rules of ${code(bus)}: if none of them needs what is lost, accept the violation`;
}
