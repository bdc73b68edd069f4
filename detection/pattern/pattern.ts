/**
 * The event pattern language.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html, and
 * `software.amazon.event.ruler`, the engine behind it.
 */

/** What a leaf of an event can hold: the scalars of JSON. */
export type Scalar = string | number | boolean | null;

type OneOrMore<T> = T | readonly T[];

/** A text, compared as it is or regardless of case. */
type Affix = string | { readonly "equals-ignore-case": string };

/** What `anything-but` refuses: values, or whatever one of four operators would match. */
export type Refused =
  | OneOrMore<string>
  | OneOrMore<number>
  | { readonly prefix: OneOrMore<string> }
  | { readonly suffix: OneOrMore<string> }
  | { readonly "equals-ignore-case": OneOrMore<string> }
  | { readonly wildcard: OneOrMore<string> };

type Bound = ">" | ">=";
type Ceiling = "<" | "<=";

/** One way for a field to match; a field matches when any of its conditions does. */
export type PatternCondition =
  | Scalar
  | { readonly exactly: string }
  | { readonly prefix: Affix }
  | { readonly suffix: Affix }
  | { readonly "equals-ignore-case": string }
  | { readonly wildcard: string }
  | { readonly exists: boolean }
  | { readonly "anything-but": Refused }
  | { readonly numeric: readonly ["=" | Bound | Ceiling, number] | readonly [Bound, number, Ceiling, number] }
  | { readonly cidr: string };

/** An EventBridge event pattern: nested objects whose leaves are arrays of conditions. */
export interface EventPattern {
  readonly [field: string]: EventPattern | readonly PatternCondition[] | readonly EventPattern[];
}

/** The pattern is not one that this engine can judge as EventBridge would. */
export class PatternError extends Error {
  override readonly name = "PatternError";

  /**
   * @param path where in the pattern, as a JSON path such as `$.detail.eventName[0]`
   * @param problem what is wrong there and what is allowed
   */
  constructor(
    readonly path: string,
    private readonly problem: string,
  ) {
    super(`${path}: ${problem}`);
  }

  /** The same of what lies a step further out; a path that begins with `$` is whole already. */
  within(step: string): PatternError {
    return this.path.startsWith("$") ? this : new PatternError(`${step}${this.path}`, this.problem);
  }
}
