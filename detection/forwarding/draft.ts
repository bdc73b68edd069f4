import type { RuleState } from "../definition/rule-state";
import { complexityOf, MAX_COMPLEXITY } from "../pattern/analysis/complexity";
import type { Condition } from "../pattern/condition";
import type { AskedField, Conjunction } from "../pattern/conjunctions";
import type { EventPattern } from "../pattern/pattern";
import { isChange } from "./alternatives";
import { overlap, sortFields } from "./combine";
import type { Forwarder } from "./forwarder";
import { anyOf, writeCondition, writeParts } from "./write-pattern";

/** Characters of a pattern that EventBridge takes. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MAX_CHARACTERS = 2_048;

/** Calls of one name, from some services. */
export interface NamedCall {
  readonly name: Condition;
  readonly sources: readonly string[];
}

/** A forwarder while it is made: calls by their names, and whatever has more to say. */
export class Draft {
  #calls: readonly NamedCall[] = [];
  #others: readonly Conjunction[] = [];
  #otherParts: readonly EventPattern[] = [];
  #characters = 0;

  /** @param except what no event of its calls may have */
  constructor(
    readonly where: Forwarder["where"],
    private readonly except: readonly AskedField[] = [],
  ) {}

  get isEmpty(): boolean {
    return this.#calls.length + this.#others.length === 0;
  }

  get pattern(): EventPattern {
    return anyOf([...writeParts(this.#called), ...this.#otherParts]);
  }

  get state(): RuleState {
    return [...this.#called, ...this.#others].every(isChange)
      ? "ENABLED"
      : "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
  }

  get #called(): readonly Conjunction[] {
    if (this.#calls.length === 0) return [];
    const sources = [...new Set(this.#calls.flatMap((call) => call.sources))].sort();
    const names = this.#calls.map(({ name }) => name);
    return [conjunctionOf(sources, names, this.except)];
  }

  /**
   * Takes calls in if there is room.
   *
   * @param allowed whether what comes out is allowed otherwise
   */
  addCalls(calls: readonly NamedCall[], allowed: (conjunctions: readonly Conjunction[]) => boolean): boolean {
    const least = calls.reduce((sum, { name }) => sum + JSON.stringify(writeCondition(name)).length, 0);
    if (this.#characters + least > MAX_CHARACTERS) return false;
    const before = this.#calls;
    this.#calls = [...this.#calls, ...calls];
    if (this.#fits() && allowed(this.#called)) return true;
    this.#calls = before;
    return false;
  }

  /** Takes them in if there is room. */
  add(others: readonly Conjunction[]): boolean {
    if (this.#others.some((one) => others.some((other) => overlap(one, other)))) return false;
    const before = [this.#others, this.#otherParts] as const;
    this.#others = [...this.#others, ...others];
    this.#otherParts = writeParts(this.#others);
    if (this.#fits() && isTaken(this.#otherParts)) return true;
    [this.#others, this.#otherParts] = before;
    return false;
  }

  #fits(): boolean {
    const characters = JSON.stringify(this.pattern).length;
    const called = this.#called.map(sortFields);
    if (characters > MAX_CHARACTERS || this.#others.some((other) => called.some((one) => overlap(one, other))))
      return false;
    this.#characters = characters;
    return true;
  }
}

export function conjunctionOf(
  sources: readonly string[],
  names: readonly Condition[],
  except: readonly AskedField[] = [],
): Conjunction {
  return [
    { field: "source", conditions: sources.map((value) => ({ kind: "equals", value })) },
    { field: "detail.eventName", conditions: names },
    // The names are none of those that it is about.
    ...except.filter(({ field }) => field !== "detail.eventName"),
  ];
}

/** Whether one rule has room for them. */
export function fits(conjunctions: readonly Conjunction[]): boolean {
  const parts = writeParts(conjunctions);
  return JSON.stringify(anyOf(parts)).length <= MAX_CHARACTERS && !overlaps(conjunctions) && isTaken(parts);
}

/** Whether EventBridge takes wildcards as many as these. */
function isTaken(parts: readonly EventPattern[]): boolean {
  return !JSON.stringify(parts).includes('"wildcard"') || complexityOf(anyOf(parts)) <= MAX_COMPLEXITY;
}

function overlaps(conjunctions: readonly Conjunction[]): boolean {
  return conjunctions.some((one, index) => conjunctions.slice(index + 1).some((other) => overlap(one, other)));
}
