/** An expression of Terraform's language, as far as conditions of variables need it. `printExpression` writes it down. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "attribute"; readonly of: Expression; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "binary"; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "not"; readonly of: Expression }
  | {
      readonly kind: "conditional";
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly fields: Readonly<Record<string, Expression>> }
  | ForEach
  | Text;

/** A list of what `give` comes to for every value, or a map when `under` says by which key. */
export interface ForEach {
  readonly kind: "for";
  readonly key?: string;
  readonly value: string;
  readonly among: Expression;
  readonly under?: Expression;
  readonly give: Expression;
  readonly where?: Expression;
}

/** Text with expressions in it. */
export interface Text {
  readonly kind: "text";
  readonly parts: readonly (string | Expression)[];
}

export type Operator = "&&" | "||" | "==" | "!=" | ">" | ">=" | "<" | "<=" | "+";

export const literal = (value: string | number | boolean | null): Expression => ({ kind: "literal", value });
export const name = (name: string): Expression => ({ kind: "name", name });
export const attribute = (of: Expression, name: string): Expression => ({ kind: "attribute", of, name });
export const call = (name: string, ...args: readonly Expression[]): Expression => ({ kind: "call", name, args });
export const binary = (left: Expression, operator: Operator, right: Expression): Expression => ({
  kind: "binary",
  operator,
  left,
  right,
});
export const not = (of: Expression): Expression => ({ kind: "not", of });
export const conditional = (test: Expression, then: Expression, otherwise: Expression): Expression => ({
  kind: "conditional",
  test,
  then,
  otherwise,
});
export const list = (...items: readonly Expression[]): Expression => ({ kind: "list", items });
export const literals = (values: readonly (string | number)[]): Expression => list(...values.map(literal));
export const text = (...parts: readonly (string | Expression)[]): Text => ({ kind: "text", parts });
export const forEach = (loop: Omit<ForEach, "kind">): Expression => ({ kind: "for", ...loop });

/** True when all are; `true` when there are none. */
export function allOf(...conditions: readonly Expression[]): Expression {
  const [first = literal(true), ...others] = conditions;
  return others.reduce((left, right) => binary(left, "&&", right), first);
}

/** JSON as an expression; `replace` says what stands in the place of a value, undefined for the value itself. */
export function fromJson(
  value: unknown,
  replace: (value: unknown) => Expression | undefined = () => undefined,
): Expression {
  const replaced = replace(value);
  if (replaced) return replaced;
  if (Array.isArray(value)) return list(...value.map((item) => fromJson(item, replace)));
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([key, field]) => [key, fromJson(field, replace)] as const);
    return { kind: "object", fields: Object.fromEntries(fields) };
  }
  return literal(value as string | number | boolean | null);
}
