import { readFileSync, writeFileSync } from "node:fs";
import { verdictsOf } from "./compare";
import { DELIBERATE } from "./deliberate";
import { parseTree } from "./parse-tree";
import type { Referee, Ruling } from "./referee";

/** A case somebody thought of; the answer is event-ruler's. */
export interface HandWritten {
  /** The number of the rule in docs/conformance.md. */
  readonly rule: number;
  readonly name: string;
  /** JSON text, as is the event. */
  readonly pattern: string;
  readonly event: string;
  readonly expected?: boolean | "refused";
  /** The id of the deliberate disagreement that the case is about: the engine may say otherwise. */
  readonly deliberate?: string;
}

/** One case a line. */
export function readCases(file: string): readonly HandWritten[] {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as HandWritten);
}

/** @returns the cases with the answers that event-ruler gives now */
export async function record(cases: readonly HandWritten[], referee: Referee): Promise<readonly HandWritten[]> {
  const questions = cases.map(({ pattern, event }) => ({ pattern, events: [event] }));
  const rulings = await referee.judge(questions, 40);
  return cases.map(({ rule, name, pattern, event }, index) => {
    const ruling = rulings[index];
    if (!ruling || ruling.unstable) throw new Error(`${name}: event-ruler doesn't stick to its answer`);
    const deliberate = deliberateOf(pattern, event, ruling);
    return { rule, name, pattern, event, expected: expectedOf(name, ruling), ...(deliberate ? { deliberate } : {}) };
  });
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

/** An engine that may refuse what it likes: the case is of the kind, whether or not the two disagree today. */
function deliberateOf(pattern: string, event: string, ruling: Ruling): string | undefined {
  const refusing = () => ({ refused: { answer: "refused" } }) as const;
  const [verdict] = verdictsOf(parseTree(pattern), [parseTree(event)], ruling, refusing);
  return verdict && DELIBERATE.find(({ applies }) => applies(verdict))?.id;
}
