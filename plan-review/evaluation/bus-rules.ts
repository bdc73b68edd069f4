import { globalEventsRegionOf } from "../../config/regions";
import { isChange, splitCalls } from "../../detection/forwarding/alternatives";
import { disjoint, isSingle, without } from "../../detection/forwarding/fields";
import { isGlobal } from "../../detection/forwarding/global-sources";
import { covers } from "../../detection/pattern/analysis/covers";
import { lostEvent } from "../../detection/pattern/analysis/lost-event";
import type { Narrowing } from "../../detection/pattern/analysis/subset";
import { compilePattern } from "../../detection/pattern/compile";
import { type Conjunction, parsePattern } from "../../detection/pattern/conjunctions";
import { matches } from "../../detection/pattern/match";
import type { EventPattern } from "../../detection/pattern/pattern";
import type { Monitoring } from "../monitoring/monitoring";
import { regionIn } from "../monitoring/region";
import type { Plan } from "../plan/plan";
import { canonical, isEmpty, isValues, UNKNOWN, type Value, type Values } from "../plan/values";
import { isAsWide, type PassingRule, ruleOf } from "./passing-rule";

const RULE = "aws_cloudwatch_event_rule";
const BUS = /^arn:[^:]*:events:([^:]*):([^:]*):event-bus\/(.*)$/;

/** A rule that receives events on a bus, as it is after the plan. */
interface Receiving {
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** The bus, by its name or ARN. */
  readonly bus: Value | undefined;
  readonly rule: PassingRule;
  readonly watched: boolean;
}

interface Wanted {
  readonly rule: PassingRule;
  readonly conjunctions: readonly Conjunction[];
}

/** What a rule wants, and no forwarder surely passes on: those that match what the rule does, read-only or not. */
interface Open {
  readonly rule: PassingRule;
  readonly conjunction: Conjunction;
  readonly passing: readonly Conjunction[];
}

/**
 * What the rules of event buses match after the plan: a forwarder needs to pass on that alone. What a plan takes from those
 * rules themselves is reported of them.
 */
export class BusRules {
  readonly #receiving: readonly Receiving[];
  /** By bus; undefined where the plan doesn't say what its rules match. */
  readonly #wanted = new Map<string, readonly Wanted[] | undefined>();
  /** By bus, kind of region and forwarders. */
  readonly #open = new Map<string, readonly Open[]>();

  constructor({ changes, others }: Plan, monitoring: Monitoring) {
    const receiving = (address: string, values: Values | undefined, before: Values | undefined) => {
      if (!values || isEmpty(values.event_pattern)) return [];
      const arn = typeof values.arn === "string" ? values.arn : before?.arn;
      return [
        {
          account: typeof arn === "string" ? arn.split(":")[4] : undefined,
          region: monitoring.regionOf(address) ?? regionIn(RULE, values),
          bus: values.event_bus_name,
          rule: ruleOf(values),
          watched: monitoring.reason(address) !== undefined,
        },
      ];
    };
    this.#receiving = [
      // What is forgotten stays in AWS.
      ...changes.flatMap(({ type, address, action, before, after }) =>
        type === RULE ? receiving(address, action === "forget" ? before : after, before) : [],
      ),
      ...others.flatMap(({ type, address, values }) => (type === RULE ? receiving(address, values, undefined) : [])),
    ];
  }

  /** Whether the plan has rules of the monitoring on a bus that stay. */
  has(bus: string): boolean {
    const [, region, account, name] = BUS.exec(bus) ?? [];
    return this.#receiving.some(
      (each) => each.watched && each.account === account && each.region === region && isOn(each.bus, name ?? ""),
    );
  }

  /**
   * Whether what a rule passed to a bus, and its rules match, still comes.
   *
   * @param region where it lies; undefined for regions in which no global service's events occur
   * @param after all rules there that pass to the bus after the change
   * @returns undefined where neither can be shown
   */
  lostTo(
    bus: string,
    region: string | undefined,
    was: PassingRule,
    after: readonly PassingRule[],
  ): Exclude<Narrowing, { narrows: "indeterminate" }> | undefined {
    const passed = conjunctionsOf(was.pattern);
    if (!passed) return undefined;
    const open = this.#openTo(bus, region === undefined || globalEventsRegionOf(region) !== region, after);
    // It passed on no read-only calls: that others do so is enough.
    const changes = was.state === "ENABLED" ? passingIn("ENABLED", after) : undefined;
    const missing = open?.filter(({ conjunction, passing }) =>
      passed.some((each) => !disjoint(each, conjunction) && !isCovered(both(conjunction, each), changes ?? passing)),
    );
    if (missing === undefined) return undefined;
    if (missing.length === 0) return { narrows: "no" };
    for (const { rule, conjunction } of missing) {
      const lost = exampleOf(rule, conjunction, was, after);
      if (lost) return { narrows: "yes", lost };
    }
    return undefined;
  }

  #openTo(bus: string, withoutGlobal: boolean, after: readonly PassingRule[]): readonly Open[] | undefined {
    const wanted = this.#wantedOn(bus);
    if (!wanted) return undefined;
    const key = JSON.stringify([bus, withoutGlobal, after.map(({ pattern, state }) => [canonical(pattern), state])]);
    const known = this.#open.get(key);
    if (known) return known;
    const byState = new Map<unknown, readonly Conjunction[]>();
    const open = wanted.flatMap(({ rule, conjunctions }) =>
      conjunctions.flatMap(splitCalls).flatMap((conjunction): readonly Open[] => {
        const here = withoutGlobal ? ofRegion(conjunction) : conjunction;
        if (here === undefined) return [];
        // What only changes something comes in every state.
        const state = isChange(here) ? "ENABLED" : rule.state;
        const passing = byState.get(state) ?? passingIn(state, after);
        byState.set(state, passing);
        return isCovered(here, passing) ? [] : [{ rule: { ...rule, state }, conjunction: here, passing }];
      }),
    );
    this.#open.set(key, open);
    return open;
  }

  #wantedOn(bus: string): readonly Wanted[] | undefined {
    if (!this.#wanted.has(bus)) this.#wanted.set(bus, this.has(bus) ? this.#readWanted(bus) : undefined);
    return this.#wanted.get(bus);
  }

  /** Of rules of which account, region or bus aren't known, too. */
  #readWanted(bus: string): readonly Wanted[] | undefined {
    const [, region, account, name] = BUS.exec(bus) ?? [];
    const wanted: Wanted[] = [];
    for (const each of this.#receiving) {
      if (each.account !== undefined && each.account !== account) continue;
      if (each.region !== undefined && each.region !== region) continue;
      if (each.bus !== UNKNOWN && !isOn(each.bus, name ?? "")) continue;
      if (each.rule.state === "DISABLED") continue;
      const conjunctions = conjunctionsOf(each.rule.pattern);
      if (!conjunctions) return undefined;
      wanted.push({ rule: each.rule, conjunctions });
    }
    return wanted;
  }
}

function isOn(bus: Value | undefined, name: string): boolean {
  if (isEmpty(bus)) return name === "default";
  return typeof bus === "string" && (BUS.exec(bus)?.[3] ?? bus) === name;
}

function conjunctionsOf(pattern: Value | undefined): readonly Conjunction[] | undefined {
  if (!isValues(pattern)) return undefined;
  try {
    return parsePattern(pattern);
  } catch {
    return undefined;
  }
}

function passingIn(state: unknown, rules: readonly PassingRule[]): readonly Conjunction[] {
  return rules.filter((each) => isAsWide(each, state)).flatMap(({ pattern }) => conjunctionsOf(pattern) ?? []);
}

/** What of it occurs in a region without global services' events; undefined where nothing does. */
function ofRegion(conjunction: Conjunction): Conjunction | undefined {
  const place = conjunction.findIndex(({ field }) => field === "source");
  const source = conjunction[place];
  if (!source) return conjunction;
  const conditions = source.conditions.filter((each) => each.kind !== "equals" || !isGlobal(String(each.value)));
  if (conditions.length === source.conditions.length) return conjunction;
  return conditions.length === 0 ? undefined : conjunction.with(place, { ...source, conditions });
}

/** What matches both: less than the first, as far as that shows. */
function both(conjunction: Conjunction, other: Conjunction): Conjunction {
  const fields = new Set(conjunction.map(({ field }) => field));
  const more = other.filter(({ field }) => isSingle(field) && !fields.has(field));
  return [...conjunction, ...more];
}

/** Also where that shows only without the fields that some of the others don't ask for. */
function isCovered(conjunction: Conjunction, passing: readonly Conjunction[]): boolean {
  if (covers(passing, [conjunction])) return true;
  const asked = new Map(passing.map((each) => [each.map(({ field }) => field).join("\n"), each]));
  return [...asked.values()].some((each) => {
    const fields = new Set(each.map(({ field }) => field));
    return covers(passing, [without(conjunction, (field) => !fields.has(field))]);
  });
}

/** An event that the rule wants, that the forwarder passed on, and that none does any more. */
function exampleOf(
  { pattern, state }: PassingRule,
  conjunction: Conjunction,
  was: PassingRule,
  after: readonly PassingRule[],
) {
  const patterns = after.filter((each) => isAsWide(each, state)).flatMap((each) => each.pattern ?? []);
  const [only, ...others] = patterns;
  if (only === undefined) return undefined;
  const lost = lostEvent(pattern, others.length === 0 ? only : { $or: patterns });
  if (!lost || !isValues(was.pattern) || !matches(compilePattern(was.pattern as EventPattern), lost)) return undefined;
  // An event of a global service may be found, which doesn't occur there.
  const [source] = conjunction.flatMap(({ field, conditions }) => (field === "source" ? [conditions] : []));
  return source?.some((each) => each.kind === "equals" && each.value === lost.source) === false ? undefined : lost;
}
