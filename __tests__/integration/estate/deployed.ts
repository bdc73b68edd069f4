/** A function as synthesized. */
export interface Deployed {
  readonly zipPath: string;
  readonly handler: string;
  /** What its environment holds. */
  readonly environment: Readonly<Record<string, string>>;
}
