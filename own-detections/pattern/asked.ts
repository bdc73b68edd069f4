import type { Condition } from "../../lambda-src/engine/condition";
import type { Conjunction } from "../../lambda-src/engine/conjunctions";

/** What a conjunction asks of a field. */
export function asked(conjunction: Conjunction, field: string): readonly Condition[] | undefined {
  return conjunction.find((each) => each.field === field)?.conditions;
}

/** The texts that are asked for to the letter. */
export function textsOf(conditions: readonly Condition[]): readonly string[] {
  return conditions.flatMap((condition) =>
    condition.kind === "equals" && typeof condition.value === "string" ? [condition.value] : [],
  );
}
