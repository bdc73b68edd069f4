/** What is wrong with a pattern that EventBridge takes. */
export interface PatternProblem {
  /** Dotted path of the field, as the pattern says it: `detail.eventname`. */
  readonly field: string;
  /** The field, what the pattern asks, why that can't work and what to write instead. */
  readonly message: string;
  /** `error` where no event can match, or none that the function can judge; `warning` where that is not certain. */
  readonly severity: "error" | "warning";
}
