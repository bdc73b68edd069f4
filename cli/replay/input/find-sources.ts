import type { ReplayProblem } from "../replay-result";
import type { LogSource } from "./log-source";
import type { Scope } from "./scope";

export type { Scope } from "./scope";

/** What there is to read. */
export interface FoundSources {
  readonly sources: readonly LogSource[];
  /** Files and objects that are no log files, or outside of what is asked for; folders that were left out count as one. */
  readonly leftOut: number;
  /** Paths that could not be looked into, and paths that hold nothing to read. */
  readonly unreadable: readonly ReplayProblem[];
}

/**
 * Finds log files in the paths given: files, folders, `s3://bucket/prefix`, `-` for standard input.
 *
 * @param scope what paths tell to be outside of it is not listed
 */
export async function findSources(_paths: readonly string[], _scope: Scope): Promise<FoundSources> {
  throw new Error("not yet");
}
