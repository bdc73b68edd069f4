/**
 * The event pattern language, as far as this engine speaks it.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */

/** What a leaf of an event can hold: the scalars of JSON. */
export type Scalar = string | number | boolean | null;

/** One way for a field to match; a field matches when any of its conditions does. */
export type PatternCondition =
  | Scalar
  | { readonly prefix: string }
  | { readonly suffix: string }
  | { readonly exists: boolean }
  | { readonly "anything-but": string | number | readonly string[] | readonly number[] };

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
    problem: string,
  ) {
    super(`${path}: ${problem}`);
  }
}
