import { type Detection, hasRule } from "../definition/detection";
import { type AskedField, type Conjunction, parsePattern } from "../pattern/conjunctions";
import { alternativesOf, EVERY_SOURCE } from "./alternatives";
import { combine } from "./combine";
import { conjunctionOf, Draft } from "./draft";
import { disjoint } from "./fields";
import type { Forwarder } from "./forwarder";
import { ForwarderError } from "./forwarder-error";
import { besides, type Gate, gatesOf } from "./gates";
import { type Bundle, type Call, gather } from "./gather";
import { weaken } from "./weaken";

/**
 * The rules that other regions and accounts need, so that whatever a home rule of the detections matches comes home: as few as
 * possible, the same for all of them. An event of a detection of route `topic` matches one of them alone.
 *
 * That holds of AWS's own events, which have one value in the fields that CloudTrail's records have one value in.
 *
 * @throws ForwarderError when a detection can't be forwarded
 */
export function compileForwarders(detections: readonly Detection[]): readonly Forwarder[] {
  const ruled = detections.filter(hasRule);
  const drafts = draftsOf(ruled);
  return drafts.filter((draft) => !draft.isEmpty).map(({ pattern, state, where }) => ({ pattern, state, where }));
}

/** Tries to keep apart by ever wider gates what must match one rule alone. */
function draftsOf(ruled: readonly Detection[]): readonly Draft[] {
  const direct = ruled.filter(({ route }) => route === "topic");
  const topics = direct.flatMap(alternativesOf);
  const ways: readonly (readonly Gate[])[] = [[], gatesOf(topics, false), gatesOf(topics, true)];
  let problem: unknown;
  for (const gates of ways) {
    try {
      return new Compilation(ruled, direct, gates).drafts;
    } catch (error) {
      if (!(error instanceof ForwarderError)) throw error;
      problem ??= error;
    }
  }
  throw problem;
}

class Compilation {
  readonly drafts: Draft[] = [];
  readonly #topics: readonly Conjunction[];
  readonly #except: readonly AskedField[];
  readonly #first = new Draft("everywhere");

  constructor(
    ruled: readonly Detection[],
    private readonly direct: readonly Detection[],
    private readonly gates: readonly Gate[],
  ) {
    this.#topics = direct.flatMap(({ pattern }) => parsePattern(pattern));
    this.#except = gates.map(besides);
    const { calls, bundles, unclear } = gather(ruled, gates);
    const [together, apart] = split(bundles, ({ conjunctions }) => conjunctions.some((each) => this.#meetsTopic(each)));
    const [calledTogether, calledApart] = split(calls, ({ sources, name }) =>
      this.#meetsTopic(conjunctionOf(sources, [name], this.#except)),
    );
    this.#fillFirst(calledTogether, [...unclear, ...together]);
    this.drafts.push(this.#first);
    for (const where of ["everywhere", "globalRegion"] as const) {
      const own = where === "everywhere" ? [this.#first] : [];
      for (const bundle of apart.filter((each) => each.where === where)) {
        this.#place(own, bundle, (draft) => draft.add(bundle.conjunctions));
      }
      for (const call of calledApart.filter((each) => each.where === where)) {
        this.#place(own, call, (draft) =>
          draft.addCalls([call], (all) => draft === this.#first || !all.some((each) => this.#meetsTopic(each))),
        );
      }
    }
  }

  #meetsTopic(conjunction: Conjunction): boolean {
    return this.#topics.some((topic) => !disjoint(conjunction, topic));
  }

  /** What an event of a detection of route `topic` may match lies in one rule, weakened as far as it has to be. */
  #fillFirst(calls: readonly Call[], bundles: readonly Bundle[]): void {
    const passing = this.gates.map((gate): Conjunction => [EVERY_SOURCE, gate]);
    const kept = new Set(this.gates.map(({ field }) => field));
    if (!this.#first.addCalls(calls, () => true)) throw this.#full(calls, bundles);
    const parts = bundles.map(({ conjunctions }) => conjunctions);
    while (!this.#first.add([...passing, ...combine(parts.flat())])) {
      const lengths = parts.map((part) => JSON.stringify(part).length);
      const order = [...parts.keys()].sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0));
      const next = order.map((index) => ({ index, part: weaken(parts[index] ?? [], kept) })).find(({ part }) => part);
      if (!next?.part) throw this.#full(calls, bundles);
      parts[next.index] = next.part;
    }
  }

  #place(own: Draft[], { detection, where }: Call | Bundle, addTo: (draft: Draft) => boolean): void {
    if (own.some(addTo)) return;
    const draft = new Draft(where, this.#except);
    if (!addTo(draft)) {
      throw new ForwarderError(detection.id, "its pattern doesn't fit into a rule; split the detection in two");
    }
    own.push(draft);
    this.drafts.push(draft);
  }

  /** Names the one that meets most of the others. */
  #full(calls: readonly Call[], bundles: readonly Bundle[]): ForwarderError {
    const all = [
      ...calls.map(({ sources, name }) => conjunctionOf(sources, [name])),
      ...bundles.flatMap((each) => each.conjunctions),
    ];
    const met = ({ pattern }: Detection) =>
      all.filter((each) => parsePattern(pattern).some((topic) => !disjoint(each, topic))).length;
    const [first] = this.direct
      .map((detection) => ({ id: detection.id, met: met(detection) }))
      .sort((a, b) => b.met - a.met);
    return new ForwarderError(
      first?.id ?? "",
      'with route "topic" each of its events must match one rule alone, and what else matches them doesn\'t fit into one; use route "function", or ask for fewer calls, or for one caller',
    );
  }
}

function split<T>(all: readonly T[], test: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  const passed = new Set(all.filter(test));
  return [[...passed], all.filter((one) => !passed.has(one))];
}
