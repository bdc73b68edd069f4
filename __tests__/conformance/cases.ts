import { readFileSync, writeFileSync } from "node:fs";
import { disagrees, verdictsOf } from "./compare";
import { excusesFor, type Judges } from "./excuses";
import type { Ruling } from "./referee";
import { parseTree } from "./tree/parse-tree";

/** A case somebody thought of; the answer is event-ruler's. */
export interface HandWritten {
  /** The number of the rule in docs/decisions/0012-pattern-engine.md. */
  readonly rule: number;
  readonly name: string;
  /** JSON text, as is the event. */
  readonly pattern: string;
  readonly event: string;
  readonly expected?: boolean | "refused";
  /** The id of the deliberate disagreement that the case shows: the engine says otherwise. */
  readonly deliberate?: string;
}

/** One case a line. */
export function readCases(file: string): readonly HandWritten[] {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as HandWritten);
}

/** @returns the cases with the answers that event-ruler gives now, and why the engine's are others where that is meant */
export async function record(cases: readonly HandWritten[], judges: Judges): Promise<readonly HandWritten[]> {
  const questions = cases.map(({ pattern, event }) => ({ pattern, events: [event] }));
  const rulings = await judges.referee.judge(questions, 40);
  const recorded: HandWritten[] = [];
  for (const [index, { rule, name, pattern, event }] of cases.entries()) {
    const ruling = rulings[index];
    if (!ruling || ruling.unstable) throw new Error(`${name}: event-ruler doesn't stick to its answer`);
    const deliberate = await deliberateOf(pattern, event, ruling, judges);
    const expected = expectedOf(name, ruling);
    recorded.push({ rule, name, pattern, event, expected, ...(deliberate ? { deliberate } : {}) });
  }
  return recorded;
}

export function writeCases(file: string, cases: readonly HandWritten[]): void {
  writeFileSync(file, cases.map((one) => `${JSON.stringify(one)}\n`).join(""));
}

function expectedOf(name: string, ruling: Ruling): boolean | "refused" {
  if ("refused" in ruling) return "refused";
  const [matches] = ruling.matches;
  if (typeof matches !== "boolean") throw new Error(`${name}: event-ruler fails: ${matches}`);
  return matches;
}

async function deliberateOf(
  pattern: string,
  event: string,
  ruling: Ruling,
  judges: Judges,
): Promise<string | undefined> {
  const verdicts = verdictsOf(parseTree(pattern), [parseTree(event)], ruling, judges.engine).filter(disagrees);
  const [excuse] = await excusesFor(verdicts, judges);
  return excuse;
}
