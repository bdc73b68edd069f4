import { disagrees, kindOf, type Pair, questionOf, type Verdict, verdictsOf } from "./compare";
import { excusesFor, type Judges } from "./excuses";
import { costOf } from "./reductions";
import { shrink } from "./shrink";
import { type Tree, within, write } from "./tree/tree";

/** A disagreement, as small as it gets. */
export interface Finding {
  readonly pattern: string;
  readonly event: string;
  readonly ruler: string;
  readonly engine: string;
  /** Why event-ruler or the engine refuses, where one does. */
  readonly words: readonly string[];
  /** Disagreements among those looked at that shrink to the same shape. */
  readonly alike: number;
}

/** Operators' names tell one shape from another; fields' don't. */
const RESERVED = new Set(
  "prefix suffix wildcard numeric cidr exists exactly anything-but equals-ignore-case".split(" "),
);

/** How often event-ruler is asked, to see whether it sticks to its answer: on the way, and at both ends. */
const REPEATS = 2;
const REPEATS_AT_ENDS = 20;
const BATCH = 100;
/** Disagreements of one kind that are shrunk. */
const PER_KIND = 10;
const MOST_SHRUNK = 80;
/** Shapes that are enough to work on. */
const ENOUGH = 25;

/** Shrinks disagreements of every kind and keeps one of each shape. */
export async function findingsOf(
  verdicts: readonly Verdict[],
  judges: Judges,
): Promise<{ readonly findings: readonly Finding[]; readonly unstable: number }> {
  const steady: Verdict[] = [];
  for (let i = 0; i < verdicts.length; i += BATCH) {
    const again = await disagreements(verdicts.slice(i, i + BATCH), judges, REPEATS_AT_ENDS);
    steady.push(...again.flatMap((verdict) => verdict ?? []));
  }
  const byShape = new Map<string, Finding>();
  for (const verdict of someOfEachKind(steady)) {
    if (byShape.size >= ENOUGH) break;
    const shrunk = await shrunkVerdict(verdict, judges);
    const shape = shapeOf(shrunk);
    byShape.set(shape, findingOf(shrunk, (byShape.get(shape)?.alike ?? 0) + 1));
  }
  return { findings: [...byShape.values()], unstable: verdicts.length - steady.length };
}

/** Short ones, since they are shrunk sooner; kinds in turn, since a limit may cut the list. */
function someOfEachKind(verdicts: readonly Verdict[]): readonly Verdict[] {
  const byKind = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const kind = `${kindOf(verdict)} ${[...operatorsIn(verdict.pattern)].sort()}`;
    byKind.set(kind, [...(byKind.get(kind) ?? []), verdict]);
  }
  const kinds = [...byKind.values()].map((kind) => kind.sort((a, b) => costOf(a) - costOf(b)).slice(0, PER_KIND));
  kinds.sort(([a], [b]) => (a && b ? costOf(a) - costOf(b) : 0));
  return Array.from({ length: PER_KIND }, (_, turn) => kinds.flatMap((kind) => kind[turn] ?? []))
    .flat()
    .slice(0, MOST_SHRUNK);
}

/** The disagreement made small; as it was where it wavers when it is small. */
async function shrunkVerdict(verdict: Verdict, judges: Judges): Promise<Verdict> {
  const smallest = await shrink(verdict, async (pairs) => {
    const found = await disagreements(pairs, judges);
    return found.map(
      (one) => one?.ruler.answer === verdict.ruler.answer && one.engine.answer === verdict.engine.answer,
    );
  });
  const [shrunk] = await disagreements([smallest], judges, REPEATS_AT_ENDS);
  return shrunk ?? verdict;
}

/** For each pair its verdict, if the two disagree, event-ruler always, and not deliberately. */
async function disagreements(
  pairs: readonly Pair[],
  judges: Judges,
  repeats = REPEATS,
): Promise<readonly (Verdict | undefined)[]> {
  const rulings = await judges.referee.judge(pairs.map(questionOf), repeats);
  const verdicts = pairs.map(({ pattern, event }, index) => {
    const ruling = rulings[index];
    if (!ruling || ruling.unstable) return undefined;
    const [verdict] = verdictsOf(pattern, [event], ruling, judges.engine);
    return verdict && disagrees(verdict) ? verdict : undefined;
  });
  const disagreeing = verdicts.flatMap((verdict) => verdict ?? []);
  const excuses = await excusesFor(disagreeing, judges);
  const excused = new Set(disagreeing.filter((_, index) => excuses[index] !== undefined));
  return verdicts.map((verdict) => (verdict && !excused.has(verdict) ? verdict : undefined));
}

function findingOf({ pattern, event, ruler, engine }: Verdict, alike: number): Finding {
  return {
    pattern: write(pattern),
    event: write(event),
    ruler: ruler.answer,
    engine: engine.answer,
    words: [ruler.words ?? [], engine.words ?? []].flat(),
    alike,
  };
}

/** Why one refuses, or the pattern's form without its values; and both answers. */
function shapeOf(verdict: Verdict): string {
  const { pattern, ruler, engine } = verdict;
  const judged = ruler.words === undefined && engine.words === undefined;
  return judged ? `${ruler.answer} ${engine.answer} ${formOf(pattern)}` : kindOf(verdict);
}

/** Words that tell what a pattern is about; only `$or` when a pattern is full of them. */
function operatorsIn(pattern: Tree): ReadonlySet<string> {
  const names = new Set<string>();
  for (const part of within(pattern)) {
    if (part.type === "object") for (const { key } of part.entries) if (!isField(key.value)) names.add(key.value);
  }
  return names.has("$or") ? new Set(["$or"]) : names;
}

function isField(key: string): boolean {
  return !(RESERVED.has(key) || key === "$or");
}

function formOf(tree: Tree): string {
  if (tree.type === "array") return `[${tree.items.map(formOf).join()}]`;
  if (tree.type === "object")
    return `{${tree.entries.map(({ key, value }) => (isField(key.value) ? "f" : key.value) + formOf(value)).join()}}`;
  return tree.type === "string" ? "s" : "n";
}
