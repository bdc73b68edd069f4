import type { Condition } from "../../../detection/pattern/condition";
import type { Conjunction } from "../../../detection/pattern/conjunctions";

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
