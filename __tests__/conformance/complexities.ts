import { readFileSync, writeFileSync } from "node:fs";

/** How complex event-ruler finds the wildcards of a pattern, which is JSON text. */
export interface Complexity {
  readonly pattern: string;
  readonly complexity: number;
}

/** Where counting stops. */
export const CAP = 100;

/** One pattern a line. */
export function readComplexities(file: string): readonly Complexity[] {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Complexity);
}

/** @returns the patterns with the numbers that event-ruler gives now */
export async function recordComplexities(
  patterns: readonly Complexity[],
  evaluate: (patterns: readonly string[], cap: number) => Promise<readonly number[]>,
): Promise<readonly Complexity[]> {
  const numbers = await evaluate(
    patterns.map(({ pattern }) => pattern),
    CAP,
  );
  return patterns.map(({ pattern }, index) => ({ pattern, complexity: numbers[index] as number }));
}

export function writeComplexities(file: string, patterns: readonly Complexity[]): void {
  writeFileSync(file, patterns.map((one) => `${JSON.stringify(one)}\n`).join(""));
}
