import { binary, call, type Expression, forEach, literal, name, not, type Text, text } from "./expression";

/** What must hold of a variable, and what is said where it doesn't. */
export interface Condition {
  readonly holds: Expression;
  readonly message: Text;
}

/** No two items alike. */
export function withoutDuplicates(variable: string, items: Expression): Condition {
  const item = name("item");
  const others = forEach({
    value: "other",
    among: items,
    give: name("other"),
    where: binary(name("other"), "==", item),
  });
  const repeated = jsonOf("item", call("distinct", items), binary(call("length", others), ">", literal(1)));
  return {
    holds: binary(call("length", call("distinct", items)), "==", call("length", items)),
    message: text(`${variable} has `, joined(repeated), " more than once: duplicate"),
  };
}

/**
 * Whether the condition holds for every value. Not `alltrue`, which knows nothing once it meets what Terraform doesn't know
 * yet, such as the ARN of a queue still to be made.
 */
export function every(value: string, among: Expression, holds: Expression): Expression {
  return not(call("contains", forEach({ value, among, give: holds }), literal(false)));
}

/** Those of the values that the condition picks, as JSON. */
export function jsonOf(value: string, among: Expression, where: Expression): Expression {
  return forEach({ value, among, give: call("jsonencode", name(value)), where });
}

export function joined(texts: Expression): Expression {
  return call("join", literal(", "), texts);
}
