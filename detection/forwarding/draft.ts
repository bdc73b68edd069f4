import type { RuleState } from "../definition/rule-state";
import { complexityOf, MAX_COMPLEXITY } from "../pattern/analysis/complexity";
import type { Condition } from "../pattern/condition";
import type { Conjunction } from "../pattern/conjunctions";
import type { EventPattern } from "../pattern/pattern";
import { onlyChanges } from "./alternatives";
import { asked } from "./fields";
import type { Forwarder } from "./forwarder";
import { writePattern } from "./write-pattern";

/** Characters of a pattern that EventBridge takes. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
export const MAX_CHARACTERS = 2_048;

/** Calls of one name, from some services. */
export interface NamedCall {
  readonly name: Condition;
  readonly sources: readonly string[];
}

/** A forwarder while it is made: calls by their names, and whatever has more to say. */
export class Draft {
  #calls: readonly NamedCall[] = [];
  #others: readonly Conjunction[] = [];

  constructor(readonly where: Forwarder["where"]) {}

  get isEmpty(): boolean {
    return this.#calls.length + this.#others.length === 0;
  }

  get conjunctions(): readonly Conjunction[] {
    if (this.#calls.length === 0) return this.#others;
    const sources = [...new Set(this.#calls.flatMap((call) => call.sources))].sort();
    return [
      [
        { field: "source", conditions: sources.map((value) => ({ kind: "equals", value })) },
        { field: "detail.eventName", conditions: this.#calls.map(({ name }) => name) },
      ],
      ...this.#others,
    ];
  }

  get pattern(): EventPattern {
    return writePattern(this.conjunctions);
  }

  get characters(): number {
    return JSON.stringify(this.pattern).length;
  }

  get state(): RuleState {
    return this.conjunctions.every(isChange) ? "ENABLED" : "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
  }

  /**
   * Takes them in if there is room.
   *
   * @param allowed whether what comes out is allowed otherwise
   */
  add(
    calls: readonly NamedCall[],
    others: readonly Conjunction[],
    allowed: (conjunctions: readonly Conjunction[]) => boolean = () => true,
  ): boolean {
    const before = [this.#calls, this.#others] as const;
    this.#calls = [...this.#calls, ...calls];
    this.#others = [...this.#others, ...others];
    if (this.characters <= MAX_CHARACTERS && this.#isTaken(others) && allowed(this.conjunctions)) return true;
    [this.#calls, this.#others] = before;
    return false;
  }

  #isTaken(added: readonly Conjunction[]): boolean {
    return added.length === 0 || complexityOf(this.pattern) <= MAX_COMPLEXITY;
  }
}

function isChange(conjunction: Conjunction): boolean {
  const readOnly = asked(conjunction, "detail.readOnly");
  return (
    (asked(conjunction, "detail.eventName")?.every(onlyChanges) ?? false) ||
    (readOnly?.every((condition) => condition.kind === "equals" && condition.value === false) ?? false)
  );
}
