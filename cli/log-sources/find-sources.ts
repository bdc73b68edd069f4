import { findFiles } from "./find-files";
import { findObjects } from "./find-objects";
import type { LogSource } from "./log-source";
import { optionsOf, type Scope } from "./scope";
import { emptyResult, type SearchResult } from "./search-result";
import type { SourceProblem } from "./source-problem";

export type { Scope } from "./scope";

/** What there is to read. */
export interface FoundSources {
  /** Each once, in the order of the paths given, and of names below them. */
  readonly sources: readonly LogSource[];
  /** Files and objects that are no log files or outside of the scope; a folder that was not looked into counts as one. */
  readonly leftOut: number;
  /** What could not be looked into, and paths that hold nothing to read. */
  readonly unreadable: readonly SourceProblem[];
}

/**
 * Finds log files: files, folders, `s3://bucket/prefix`, `-` for standard input. What is below a folder or prefix is taken
 * by its name (`.json`, `.jsonl`, `.ndjson`, each also with `.gz`; no digests, no Insights or aggregated events, no other service's logs);
 * what is named itself is taken whatever its name.
 *
 * Folders and prefixes that lie outside of the scope by their path are not listed. Their day is that of delivery: the day
 * after `to` is taken too, and nothing is lost unless CloudTrail delivered an event more than a day late.
 */
export async function findSources(paths: readonly string[], scope: Scope): Promise<FoundSources> {
  const sources = new Map<string, LogSource>();
  const unreadable: SourceProblem[] = [];
  let leftOut = 0;
  for (const path of new Set(paths)) {
    const found = await find(path, scope);
    for (const { identity, source } of found.sources) if (!sources.has(identity)) sources.set(identity, source);
    leftOut += found.notLogs + found.outside;
    unreadable.push(...found.problems);
    if (found.sources.length === 0 && found.problems.length === 0) {
      unreadable.push({ file: path, reason: whyNothing(found, scope) });
    }
  }
  return { sources: [...sources.values()], leftOut, unreadable };
}

async function find(path: string, scope: Scope): Promise<SearchResult> {
  if (path === "-") return { ...emptyResult(), sources: [{ identity: path, source: { kind: "stdin" } }] };
  return path.startsWith("s3://") ? findObjects(path, scope) : findFiles(path, scope);
}

function whyNothing({ notLogs, others, outside }: SearchResult, scope: Scope): string {
  if (outside > 0) {
    const others = notLogs > 0 ? `, and ${notLogs} that are no log files` : "";
    return `nothing to read: ${filesOrFolders(outside)}, all outside of ${optionsOf(scope)}${others}`;
  }
  if (notLogs === 0) return "nothing to read: there is nothing in it";
  if (others.size > 0) {
    const what = [...others].sort().join(" and ");
    return `no log files in it, but ${what}: replay the log files in AWSLogs/ACCOUNT/CloudTrail/, which hold the calls`;
  }
  return `no log files in it, but ${filesOrFolders(notLogs)}: log files end in .json, .jsonl or .ndjson, with or without .gz; files of other names are read when they are named`;
}

function filesOrFolders(count: number): string {
  return count === 1 ? "1 file or folder" : `${count} files or folders`;
}
