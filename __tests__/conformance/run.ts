import { Random } from "../../tools/random";
import { disagrees, type Verdict, verdictsOf } from "./compare";
import type { Deliberate } from "./deliberate";
import { excusesFor, type Judges } from "./excuses";
import { type Finding, findingsOf } from "./findings";
import { nextRound, type Round } from "./generate/pairs";
import type { Ruling } from "./referee";
import { write } from "./tree/tree";

export interface Outcome {
  readonly seed: number;
  readonly pairs: number;
  readonly seconds: number;
  /** By event-ruler's answer. */
  readonly answers: Readonly<Record<string, number>>;
  /** Patterns that `Machine.addRule` takes only because it falls back to an older compiler. */
  readonly olderCompiler: number;
  readonly disagreements: number;
  /** Disagreements of which event-ruler says something else when asked again. */
  readonly unstable: number;
  /** How often each deliberate disagreement was met. */
  readonly deliberate: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

const BATCH = 200;
/** Disagreements that are kept: more than that nobody wants to know before some are mended. */
const KEPT = 2000;

/** Makes so many pairs from the seed, asks both about each and shrinks what they disagree about. */
export async function run(judges: Judges, pairs: number, seed: number): Promise<Outcome> {
  const started = performance.now();
  const tally = new Tally(judges.deliberate);
  const random = new Random(seed);
  let left = pairs;
  let pending: Promise<void> = Promise.resolve();
  while (left > 0) {
    const rounds: Round[] = [];
    while (left > 0 && rounds.length < BATCH) {
      const { pattern, events } = nextRound(random);
      rounds.push({ pattern, events: events.slice(0, left) });
      left -= Math.min(left, events.length);
    }
    // The next batch is made while Java works on this one.
    const asked = judges.referee.judge(rounds.map((round) => questionsOf(round)));
    await pending;
    pending = asked.then((rulings) => tally.add(rounds, rulings, judges));
  }
  await pending;
  const seconds = (performance.now() - started) / 1000;
  const { findings, unstable } = await findingsOf(tally.kept, judges);
  const { answers, olderCompiler, deliberate } = tally;
  const disagreements = tally.disagreements - unstable;
  return { seed, pairs, seconds, answers, olderCompiler, disagreements, unstable, deliberate, findings };
}

function questionsOf({ pattern, events }: Round) {
  return { pattern: write(pattern), events: events.map(write) };
}

class Tally {
  readonly answers: Record<string, number> = { true: 0, false: 0, refused: 0 };
  readonly deliberate: Record<string, number>;
  olderCompiler = 0;
  disagreements = 0;
  readonly kept: Verdict[] = [];

  constructor(entries: readonly Deliberate[]) {
    this.deliberate = Object.fromEntries(entries.map(({ id }) => [id, 0]));
  }

  async add(rounds: readonly Round[], rulings: readonly Ruling[], judges: Judges): Promise<void> {
    const disagreeing: Verdict[] = [];
    for (const [index, { pattern, events }] of rounds.entries()) {
      const ruling = rulings[index];
      if (!ruling) throw new Error("the referee left a question out");
      if ("compilerSays" in ruling) this.olderCompiler++;
      for (const verdict of verdictsOf(pattern, events, ruling, judges.engine)) {
        const { answer } = verdict.ruler;
        this.answers[answer] = (this.answers[answer] ?? 0) + 1;
        if (disagrees(verdict)) disagreeing.push(verdict);
      }
    }
    const excuses = await excusesFor(disagreeing, judges);
    for (const [index, verdict] of disagreeing.entries()) this.count(verdict, excuses[index]);
  }

  private count(verdict: Verdict, excuse: string | undefined): void {
    if (excuse !== undefined) {
      this.deliberate[excuse] = (this.deliberate[excuse] ?? 0) + 1;
      return;
    }
    this.disagreements++;
    if (this.kept.length < KEPT) this.kept.push(verdict);
  }
}
