import { otherThanLogs } from "./log-path";
import type { LogSource } from "./log-source";
import type { SourceProblem } from "./source-problem";

/** What a walk through one of the paths given has come upon so far. */
export interface SearchResult {
  /** `identity` is the same where two names lead to one file. */
  readonly sources: { readonly identity: string; readonly source: LogSource }[];
  /** Files and folders that are left out because they hold something else. */
  notLogs: number;
  /** What some of those hold, such as digests. */
  readonly others: Set<string>;
  /** Files and folders that are left out because their path is outside of the scope. */
  outside: number;
  readonly problems: SourceProblem[];
}

export function emptyResult(): SearchResult {
  return { sources: [], notLogs: 0, others: new Set(), outside: 0, problems: [] };
}

/** Counts a file or folder that holds something else than log files. */
export function leaveOut(result: SearchResult, name: string): void {
  result.notLogs++;
  const what = otherThanLogs(name);
  if (what !== undefined) result.others.add(what);
}
