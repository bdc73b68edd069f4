import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { REPOSITORY } from "../repository";

/** The sources, from the repository's root, that a function's files are made of: the entry points and what they import; types don't count. */
export function sourcesOf(entryPoints: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const waiting = [...entryPoints];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const source = readFileSync(join(REPOSITORY, file), "utf8");
    for (const [, specifier = ""] of source.matchAll(/^(?:import|export)\b(?! type\b)[^;]*?\bfrom "(\.[^"]+)";/gm)) {
      waiting.push(`${posix.join(posix.dirname(file), specifier)}.ts`);
    }
  }
  return [...found].sort();
}
