export interface UserErrorOptions extends ErrorOptions {
  /**
   * Exit code of the program that ends with this error.
   *
   * @default 1
   */
  readonly exitCode?: number;
  /**
   * What to print below the problems as it is, such as a command's usage or another program's output.
   *
   * @default - nothing
   */
  readonly detail?: string;
}

/**
 * Something that the user can fix. Each problem is one line that says what was given, what is allowed and how to fix it.
 * Every other error is a defect of ours: see `reportError`.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
  readonly problems: readonly string[];
  readonly exitCode: number;
  readonly detail: string | undefined;

  constructor(problems: string | readonly string[], { exitCode = 1, detail, ...options }: UserErrorOptions = {}) {
    const all = typeof problems === "string" ? [problems] : problems;
    super(all.join("\n"), options);
    this.problems = all;
    this.exitCode = exitCode;
    this.detail = detail;
  }
}
