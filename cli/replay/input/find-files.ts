import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileProblem } from "./file-problem";
import { type Findings, leaveOut, noFindings } from "./findings";
import { isFolderOutside, isLogName, isNameOutside, isOtherService } from "./log-path";
import type { Scope } from "./scope";

/** Finds the log files at or below a path of this machine. Nothing else is going on meanwhile: synchronous calls cost the least. */
export function findFiles(path: string, scope: Scope): Findings {
  const findings = noFindings();
  attempt(findings, path, () => {
    const stats = statSync(path);
    const folders = namesIn(resolve(path));
    if (stats.isDirectory()) {
      if (isFolderOutside(folders, scope)) findings.outside++;
      else new Walk(scope, findings).folder(path, folders);
    } else {
      const name = folders.pop() ?? "";
      if (isFolderOutside(folders, scope) || isNameOutside(name, scope)) findings.outside++;
      else add(findings, path, realpathSync(path), stats);
    }
  });
  return findings;
}

class Walk {
  /** Real paths: symbolic links may lead to a folder twice, or round in a circle. */
  readonly #visited = new Set<string>();

  constructor(
    private readonly scope: Scope,
    private readonly findings: Findings,
  ) {}

  folder(path: string, folders: readonly string[]): void {
    attempt(this.findings, path, () => {
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
      attempt(this.findings, path, () => add(this.findings, path, join(realParent, entry.name), statSync(path)));
    }
  }

  #link(name: string, path: string, folders: readonly string[]): void {
    let stats: Stats;
    try {
      stats = statSync(path);
    } catch (error) {
      if (isLogName(name)) this.findings.problems.push({ file: path, reason: fileProblem(error) });
      else leaveOut(this.findings, name);
      return;
    }
    if (stats.isDirectory()) this.#subfolder(name, path, folders);
    else if (this.#isWanted(name, stats)) {
      attempt(this.findings, path, () => add(this.findings, path, realpathSync(path), stats));
    }
  }

  #subfolder(name: string, path: string, parents: readonly string[]): void {
    const folders = [...parents, name];
    if (isOtherService(folders)) leaveOut(this.findings, name);
    else if (isFolderOutside(folders, this.scope)) this.findings.outside++;
    else this.folder(path, folders);
  }

  /** A pipe or device in a folder would keep us waiting; one that is named is meant. */
  #isWanted(name: string, kind: Dirent | Stats): boolean {
    const isLog = kind.isFile() && isLogName(name);
    const outside = isLog && isNameOutside(name, this.scope);
    if (!isLog) leaveOut(this.findings, name);
    if (outside) this.findings.outside++;
    return isLog && !outside;
  }
}

function add({ sources }: Findings, path: string, identity: string, { size }: Stats): void {
  sources.push({ identity, source: { kind: "file", path, bytes: size } });
}

function attempt({ problems }: Findings, file: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    problems.push({ file, reason: fileProblem(error) });
  }
}

function namesIn(path: string): string[] {
  return path.split(/[\\/]/).filter((name) => name !== "");
}
