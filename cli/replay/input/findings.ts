import type { ReplayProblem } from "../replay-result";
import type { LogSource } from "./log-source";

/** What a walk through one of the paths given has come upon so far. */
export interface Findings {
  /** `identity` is the same where two names lead to one file. */
  readonly sources: { readonly identity: string; readonly source: LogSource }[];
  /** Files and folders that are left out because they hold something else. */
  notLogs: number;
  /** Files and folders that are left out because their path is outside of the scope. */
  outside: number;
  readonly problems: ReplayProblem[];
}

export function noFindings(): Findings {
  return { sources: [], notLogs: 0, outside: 0, problems: [] };
}
