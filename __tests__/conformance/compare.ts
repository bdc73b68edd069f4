import type { Engine, Said } from "./engine";
import type { Question, Ruling } from "./referee";
import { type Tree, write } from "./tree/tree";

/** One pattern and one event. */
export interface Pair {
  readonly pattern: Tree;
  readonly event: Tree;
}

/** A pair with both answers. */
export interface Verdict extends Pair {
  readonly ruler: Said;
  readonly engine: Said;
  readonly ruling: Ruling;
}

/** Holds the referee's ruling of a pattern and its events against the engine's: a verdict for each event. */
export function verdictsOf(pattern: Tree, events: readonly Tree[], ruling: Ruling, engine: Engine): readonly Verdict[] {
  const seen = engine(write(pattern));
  return events.map((event, index) => ({
    pattern,
    event,
    ruling,
    ruler: rulersWord(ruling, index),
    engine: "refused" in seen ? seen.refused : seen.judge(write(event)),
  }));
}

export function questionOf({ pattern, event }: Pair): Question {
  return { pattern: write(pattern), events: [write(event)] };
}

export function disagrees({ ruler, engine }: Verdict): boolean {
  return ruler.answer !== engine.answer;
}

/** Both answers and, where there are any, the words without the case's own values. */
export function kindOf({ ruler, engine }: Verdict): string {
  return [ruler, engine]
    .map(({ answer, words = "" }) => `${answer} ${words.replace(/"[^"]*"|\d+|\$\S*:/g, "")}`)
    .join("/");
}

function rulersWord(ruling: Ruling, index: number): Said {
  if ("refused" in ruling) return { answer: "refused", words: ruling.refused };
  const answer = ruling.matches[index];
  if (typeof answer === "boolean") return { answer: answer ? "true" : "false" };
  return { answer: "fails", words: String(answer) };
}
