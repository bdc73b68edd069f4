import type { RuleState } from "../definition/rule-state";
import { complexityOf, MAX_COMPLEXITY } from "../pattern/analysis/complexity";
import type { Condition } from "../pattern/condition";
import type { AskedField, Conjunction } from "../pattern/conjunctions";
import { type EventPattern, PatternError } from "../pattern/pattern";
import { onlyChanges } from "./alternatives";
import { overlap } from "./combine";
import { asked } from "./fields";
import type { Forwarder } from "./forwarder";
import { writeCondition, writePattern } from "./write-pattern";

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
  #characters = 0;

  /** @param except what no event that it brings may have, for each conjunction to ask */
  constructor(
    readonly where: Forwarder["where"],
    private readonly except: readonly AskedField[] = [],
  ) {}

  get isEmpty(): boolean {
    return this.#calls.length + this.#others.length === 0;
  }

  get conjunctions(): readonly Conjunction[] {
    if (this.#calls.length === 0) return this.#others;
    const sources = [...new Set(this.#calls.flatMap((call) => call.sources))].sort();
    return [
      conjunctionOf(
        sources,
        this.#calls.map(({ name }) => name),
        this.except,
      ),
      ...this.#others,
    ];
  }

  get pattern(): EventPattern {
    return writePattern(this.conjunctions);
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
    const least = calls.reduce((sum, { name }) => sum + JSON.stringify(writeCondition(name)).length, 0);
    if (this.#characters + least > MAX_CHARACTERS) return false;
    const before = [this.#calls, this.#others] as const;
    this.#calls = [...this.#calls, ...calls];
    this.#others = [...this.#others, ...others];
    const { pattern } = this;
    const characters = JSON.stringify(pattern).length;
    if (
      characters <= MAX_CHARACTERS &&
      (others.length === 0 || (!overlaps(this.#others) && isTaken(pattern))) &&
      allowed(this.conjunctions)
    ) {
      this.#characters = characters;
      return true;
    }
    [this.#calls, this.#others] = before;
    return false;
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
    ...except,
  ];
}

/** Whether one rule has room for them. */
export function fits(conjunctions: readonly Conjunction[]): boolean {
  const pattern = writePattern(conjunctions);
  return JSON.stringify(pattern).length <= MAX_CHARACTERS && !overlaps(conjunctions) && isTaken(pattern);
}

/** Whether EventBridge takes wildcards as many as these, and alternatives. */
function isTaken(pattern: EventPattern): boolean {
  try {
    return complexityOf(pattern) <= MAX_COMPLEXITY;
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}

function overlaps(conjunctions: readonly Conjunction[]): boolean {
  return conjunctions.some((one, index) => conjunctions.slice(index + 1).some((other) => overlap(one, other)));
}

function isChange(conjunction: Conjunction): boolean {
  const readOnly = asked(conjunction, "detail.readOnly");
  return (
    (asked(conjunction, "detail.eventName")?.every(onlyChanges) ?? false) ||
    (readOnly?.every((condition) => condition.kind === "equals" && condition.value === false) ?? false)
  );
}
