import * as v from "valibot";
import { type ListRule, type Refusal, type Rule, ruled, ruleOf, type TextRule, textProblem } from "./rule";

/** Schemas of texts, numbers and lists, each with the rule that it is made from. */

type Extras = Pick<TextRule, "beyond" | "day">;

/**
 * A text that all patterns match, and none of what is refused.
 *
 * @param allowed what the error says after `must be`
 */
export function matching(
  allowed: string,
  pattern: RegExp | readonly RegExp[],
  refuses: readonly (RegExp | Refusal)[] = [],
  extras: Extras = {},
) {
  return textOf({
    kind: "text",
    allowed,
    matches: pattern instanceof RegExp ? [pattern] : pattern,
    refuses: refuses.map((refusal) => (refusal instanceof RegExp ? { pattern: refusal } : refusal)),
    ...extras,
  });
}

function textOf(rule: TextRule) {
  return ruled(
    v.custom<string>(
      (value) => textProblem(rule, value) === undefined,
      ({ input }) => textProblem(rule, input) ?? "",
    ),
    rule,
  );
}

/**
 * What the schema takes, less what `reasonAgainst` has a reason against, which is then the message. It has no rule: no
 * variable can be made of it.
 */
export function unless(schema: v.GenericSchema<string>, reasonAgainst: (value: string) => string | undefined) {
  return v.pipe(
    schema,
    v.check(
      (value) => reasonAgainst(value) === undefined,
      ({ input }) => reasonAgainst(input) ?? "",
    ),
  );
}

export function wholeNumber(minimum: number, maximum: number, unit: string) {
  const allowed = `a whole number of ${unit} from ${minimum} to ${maximum}`;
  return ruled(
    v.custom<number>(
      (value) => typeof value === "number" && Number.isInteger(value) && value >= minimum && value <= maximum,
      `must be ${allowed}`,
    ),
    { kind: "wholeNumber", allowed, minimum, maximum },
  );
}

export function oneOf<const T extends string | number>(values: readonly T[], what: string) {
  const allowed = `${what}: ${values.join(", ")}`;
  return ruled(v.picklist(values, `must be ${allowed}`), { kind: "choice", allowed, values });
}

/** @param allowed what the error says after `must be` where it is no list */
export function list<T extends v.GenericSchema>(
  item: T,
  allowed: string,
  extras: Pick<ListRule, "unique"> = {},
): v.ArraySchema<T, string> {
  const schema = v.array(item, `must be ${allowed}`);
  return ruled(schema, { kind: "list", allowed, of: ruleOf(item) as Rule, ...extras });
}

/** @param allowed what the error says after `must be` where it is empty */
export function filledList<T extends v.GenericSchema>(item: T, allowed: string, filled: string) {
  const schema = v.pipe(v.array(item, `must be ${allowed}`), v.minLength(1, `must be ${filled}`));
  return ruled(schema, { kind: "list", allowed: filled, of: ruleOf(item) as Rule, minimum: 1 });
}

/** An object, whatever is in it. */
export function anyObject(allowed: string) {
  return ruled(
    v.custom<Readonly<Record<string, unknown>>>(
      (value) => typeof value === "object" && value !== null && !Array.isArray(value),
      `must be ${allowed}`,
    ),
    { kind: "anyObject", allowed },
  );
}

/** A list of texts, or `"*"`. */
export function listOrAll(allowed: string) {
  return ruled(
    v.custom<readonly string[] | "*">(
      (value) => value === "*" || (Array.isArray(value) && value.every((item) => typeof item === "string")),
      `must be ${allowed}`,
    ),
    { kind: "listOrAll", allowed },
  );
}
