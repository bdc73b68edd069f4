import { type Pair, questionOf, type Verdict, verdictsOf } from "./compare";
import type { Deliberate } from "./deliberate";
import type { Answer, Engine } from "./engine";
import type { Referee } from "./referee";
import { write } from "./tree/tree";

export interface Judges {
  readonly referee: Referee;
  readonly engine: Engine;
  readonly deliberate: readonly Deliberate[];
}

/** How often event-ruler is asked about a pair without the thing: what wavers proves nothing. */
const REPEATS = 4;

/** A pair without something, or the parts that stand for it. */
interface Attempt {
  readonly verdict: Verdict;
  readonly id: string;
  readonly whole: Pair;
  readonly parts: readonly Pair[];
}

/**
 * Finds out which disagreements are deliberate: those that are gone when both are asked about the pair without the thing
 * that is meant to cause them.
 *
 * @returns the id of the cause for each disagreement, in order; undefined where there is none
 */
export async function excusesFor(
  verdicts: readonly Verdict[],
  judges: Judges,
): Promise<readonly (string | undefined)[]> {
  const excused = new Map<Verdict, string>();
  const keep = async (attempts: readonly Attempt[]): Promise<void> => {
    const agreed = await agreements(attempts, judges);
    for (const [index, { verdict, id }] of attempts.entries()) {
      if (agreed[index] && !excused.has(verdict)) excused.set(verdict, id);
    }
  };
  await keep(verdicts.flatMap((verdict) => judges.deliberate.flatMap((one) => attemptWithout([one], verdict) ?? [])));
  // Several things may be the cause together.
  const left = verdicts.filter((verdict) => !excused.has(verdict));
  await keep(left.flatMap((verdict) => attemptWithout(judges.deliberate, verdict) ?? []));
  return verdicts.map((verdict) => excused.get(verdict));
}

/** All those things taken out; it counts as the first of them. */
function attemptWithout(things: readonly Deliberate[], verdict: Verdict): Attempt | undefined {
  const ids: string[] = [];
  // What one of several things hides behind a refusal can't be told before it is taken out.
  const hidden = things.length > 1 && verdict.ruler.answer === "refused";
  const possible = things.filter(({ when }) => hidden || when?.(verdict) !== false);
  let whole: Pair = verdict;
  for (const { id, without } of possible) {
    const other = without?.(whole);
    if (!other || isSame(other, whole)) continue;
    ids.push(id);
    whole = other;
  }
  let parts: readonly Pair[] = [whole];
  for (const { id, apart } of possible) {
    const taken = parts.map((part) => apart?.(part));
    if (taken.every((one) => one === undefined)) continue;
    ids.push(id);
    parts = parts.flatMap((part, index) => taken[index] ?? part);
  }
  const [id] = ids;
  return id === undefined ? undefined : { verdict, id, whole, parts };
}

function isSame(one: Pair, other: Pair): boolean {
  return write(one.pattern) === write(other.pattern) && write(one.event) === write(other.event);
}

/** For each attempt: do the two agree there? */
async function agreements(attempts: readonly Attempt[], { referee, engine }: Judges): Promise<readonly boolean[]> {
  if (attempts.length === 0) return [];
  const rulings = await referee.judge(
    attempts.flatMap(({ parts }) => parts.map(questionOf)),
    REPEATS,
  );
  let next = 0;
  return attempts.map(({ whole, parts }) => {
    const verdicts = parts.flatMap(({ pattern, event }) => {
      const ruling = rulings[next++];
      if (!ruling) throw new Error("the referee left a question out");
      return verdictsOf(pattern, [event], ruling, engine);
    });
    if (verdicts.some(({ ruling }) => ruling.unstable)) return false;
    const own = together(verdicts.map((verdict) => verdict.engine.answer));
    // To take a pattern apart is no excuse for an engine that judges the whole otherwise than its parts.
    return own === together(verdicts.map(({ ruler }) => ruler.answer)) && own === answerTo(whole, engine);
  });
}

function answerTo({ pattern, event }: Pair, engine: Engine): Answer {
  const seen = engine(write(pattern));
  return ("refused" in seen ? seen.refused : seen.judge(write(event))).answer;
}

/** What is said of a pattern whose alternatives these are. */
function together(answers: readonly Answer[]): Answer {
  return (["true", "fails", "refused"] as const).find((answer) => answers.includes(answer)) ?? "false";
}
