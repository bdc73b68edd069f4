import type { Condition } from "../condition";
import { type Conjunction, parsePattern } from "../conjunctions";
import { parseWildcard, type WildcardParts } from "../wildcard";
import { Beginning, countBeginnings } from "./wildcard-machine";

/** EventBridge has refused patterns that are more complex than this, and taken some that were nearly so. */
export const MAX_COMPLEXITY = 10;

/**
 * How complex a pattern's wildcards are, as `MachineComplexityEvaluator` of event-ruler counts it: how many beginnings
 * of wildcards some text can end at the same time.
 *
 * @param cap where to stop counting: what lies above takes exponential time
 * @throws PatternError for what EventBridge would refuse
 */
export function complexityOf(pattern: unknown, cap = MAX_COMPLEXITY + 1): number {
  const root = new Step();
  for (const conjunction of parsePattern(pattern)) root.add(conjunction);
  let complexity = 0;
  for (const machine of root.machines()) complexity = Math.max(complexity, countBeginnings(machine, cap));
  return Math.min(complexity, cap);
}

/**
 * Whether the pattern has wildcards, of which EventBridge takes only so many rules.
 *
 * @throws PatternError for what EventBridge would refuse
 */
export function hasWildcard(pattern: unknown): boolean {
  return parsePattern(pattern)
    .flat()
    .some(({ conditions }) => conditions.some((condition) => wildcardsOf(condition).length > 0));
}

/** What is asked once the fields before it have matched; conjunctions that have matched the same so far share it. */
class Step {
  readonly #fields = new Map<string, FieldMachine>();

  add(conjunction: Conjunction): void {
    const fields = [...conjunction].sort((a, b) => (a.field < b.field ? -1 : 1));
    let steps = new Set<Step>([this]);
    for (const { field, conditions } of fields) {
      const next = new Set<Step>();
      for (const step of steps) for (const each of step.#field(field).add(conditions)) next.add(each);
      steps = next;
    }
  }

  /** The wildcards that are looked for at the same time, here and in every later step. */
  *machines(seen = new Set<Step>()): Generator<Beginning<Step>> {
    if (seen.has(this)) return;
    seen.add(this);
    for (const { start, steps } of this.#fields.values()) {
      yield start;
      for (const step of steps) yield* step.machines(seen);
    }
  }

  #field(name: string): FieldMachine {
    const field = this.#fields.get(name) ?? new FieldMachine();
    this.#fields.set(name, field);
    return field;
  }
}

class FieldMachine {
  readonly start = new Beginning<Step>();
  /** By condition, what is asked when it holds. */
  readonly next = new Map<string, Step>();
  /** Every one of them, also where a wildcard has led before. */
  readonly steps = new Set<Step>();

  add(conditions: readonly Condition[]): ReadonlySet<Step> {
    const steps = new Set<Step>();
    let last: Step | undefined;
    for (const condition of conditions) {
      const name = JSON.stringify(condition);
      const texts = wildcardsOf(condition);
      last = texts.length > 0 ? (last ?? new Step()) : (this.next.get(name) ?? last ?? new Step());
      for (const text of new Set(texts)) last = this.start.add(parseWildcard(text) as WildcardParts, name, last);
      this.next.set(name, last);
      this.steps.add(last);
      steps.add(last);
    }
    return steps;
  }
}

function wildcardsOf(condition: Condition): readonly string[] {
  if (condition.kind === "wildcard") return [condition.text];
  return condition.kind === "anything-but" && "by" in condition && condition.by === "wildcard" ? condition.texts : [];
}
