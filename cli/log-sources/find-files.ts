import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileProblem } from "./file-problem";
import { isFolderOutside, isLogName, isNameOutside, isOtherService } from "./log-path";
import type { Scope } from "./scope";
import { emptyResult, leaveOut, type SearchResult } from "./search-result";

/** Finds the log files at or below a path of this machine. Nothing else is going on meanwhile: synchronous calls cost the least. */
export function findFiles(path: string, scope: Scope): SearchResult {
  const result = emptyResult();
  attempt(result, path, () => {
    const stats = statSync(path);
    const folders = namesIn(resolve(path));
    if (stats.isDirectory()) {
      if (isFolderOutside(folders, scope)) result.outside++;
      else new Walk(scope, result).folder(path, folders);
    } else {
      const name = folders.pop() ?? "";
      if (isFolderOutside(folders, scope) || isNameOutside(name, scope)) result.outside++;
      else add(result, path, realpathSync(path), stats);
    }
  });
  return result;
}

class Walk {
  /** Real paths: symbolic links may lead to a folder twice, or round in a circle. */
  readonly #visited = new Set<string>();

  constructor(
    private readonly scope: Scope,
    private readonly result: SearchResult,
  ) {}

  folder(path: string, folders: readonly string[]): void {
    attempt(this.result, path, () => {
      const real = realpathSync(path);
      if (this.#visited.has(real)) return;
      this.#visited.add(real);
      const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const entry of entries) this.#entry(entry, path, real, folders);
    });
  }

  #entry(entry: Dirent, parent: string, realParent: string, folders: readonly string[]): void {
    const path = join(parent, entry.name);
    if (entry.isSymbolicLink()) this.#link(entry.name, path, folders);
    else if (entry.isDirectory()) this.#subfolder(entry.name, path, folders);
    else if (this.#isWanted(entry.name, entry)) {
      attempt(this.result, path, () => add(this.result, path, join(realParent, entry.name), statSync(path)));
    }
  }

  #link(name: string, path: string, folders: readonly string[]): void {
    let stats: Stats;
    try {
      stats = statSync(path);
    } catch (error) {
      if (isLogName(name)) this.result.problems.push({ file: path, reason: fileProblem(error) });
      else leaveOut(this.result, name);
      return;
    }
    if (stats.isDirectory()) this.#subfolder(name, path, folders);
    else if (this.#isWanted(name, stats)) {
      attempt(this.result, path, () => add(this.result, path, realpathSync(path), stats));
    }
  }

  #subfolder(name: string, path: string, parents: readonly string[]): void {
    const folders = [...parents, name];
    if (isOtherService(folders)) leaveOut(this.result, name);
    else if (isFolderOutside(folders, this.scope)) this.result.outside++;
    else this.folder(path, folders);
  }

  /** A pipe or device in a folder would keep us waiting; one that is named is meant. */
  #isWanted(name: string, kind: Dirent | Stats): boolean {
    const isLog = kind.isFile() && isLogName(name);
    const outside = isLog && isNameOutside(name, this.scope);
    if (!isLog) leaveOut(this.result, name);
    if (outside) this.result.outside++;
    return isLog && !outside;
  }
}

function add({ sources }: SearchResult, path: string, identity: string, { size }: Stats): void {
  sources.push({ identity, source: { kind: "file", path, bytes: size } });
}

function attempt({ problems }: SearchResult, file: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    problems.push({ file, reason: fileProblem(error) });
  }
}

function namesIn(path: string): string[] {
  return path.split(/[\\/]/).filter((name) => name !== "");
}
