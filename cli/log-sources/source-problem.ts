/** A log file, or a record in it, that can't be used. */
export interface SourceProblem {
  /** As it was named or found. */
  readonly file: string;
  /** One line that says how to fix it. */
  readonly reason: string;
}
