import { SEVERITIES } from "../../detection/definition/detection";
import { reasonOf } from "../../detection/events/text";
import type { AlertState, Lease } from "../windows/alert-state";
import { type Decision, MatchDecider } from "./decide-match";
import type { AlertCandidate } from "./match";
import type { Outcome, Round, Sequence } from "./outcome";

/** No alert is begun with less time left (milliseconds), so that the closing line and the answer still get out. */
export const TIME_FOR_AN_ALERT_MS = 15_000;
/** Grouping leaves the last of the time (milliseconds) to alerts. */
const TIME_FOR_GROUPING_MS = 30_000;
/** Windows whose alert is decided on or under way to the topic at once. */
const ALERTS_AT_ONCE = 10;
/** Candidates that are grouped at once. */
const GROUPED_AT_ONCE = 25;

/** Why a candidate must come again that there is no time for. */
export const NO_TIME_LEFT = "no time left";

/** Candidates of one window, at least one. */
type Members<C> = readonly [C, ...C[]];

/** What deciding works with. */
export interface DecidingPorts {
  readonly store: AlertState;
  /** Made anew for each step: who claims, until when, and what time it is. */
  readonly lease: () => Lease;
  /** Milliseconds until nothing more can be decided. */
  readonly remainingMs: () => number;
}

/**
 * Decides on candidates, for one invocation or one replay: every candidate gets exactly one outcome. It changes nothing but the store,
 * and publishes nothing.
 */
export class Decider<C extends AlertCandidate> {
  readonly #matches: MatchDecider;
  /** What has come to an end, by detection and event. */
  readonly #ended = new Set<string>();

  constructor(private readonly ports: DecidingPorts) {
    this.#matches = new MatchDecider(ports.store, ports.lease);
  }

  /**
   * Alerts first, the most severe of them before all others, then what is grouped behind them, what waits for the daily digest last. Of
   * one window, and of one severity where the hour has too few places, the earliest event comes first; what one window decides waits
   * for no other.
   *
   * The iterators decide as they are asked, and must be asked to their end. Each `publish` must be confirmed or forgotten before the
   * next batch.
   */
  async *decide(candidates: readonly C[]): AsyncGenerator<Round<C>, void> {
    const { firsts, others } = this.#apart([...candidates].sort(inOrder));
    const windows = byWindow(firsts);
    const digested = windows.filter(([first]) => first.window.kind === "digest");
    const alerting = windows.filter(([first]) => first.window.kind !== "digest");
    const toGroup: (readonly C[])[] = [];
    for (const severity of SEVERITIES) {
      const sequences = alerting
        .filter(([first]) => first.window.severity === severity)
        .map((members) => this.#alerts(members, toGroup));
      yield { atOnce: ALERTS_AT_ONCE, sequences };
    }
    yield { atOnce: GROUPED_AT_ONCE, sequences: this.#grouped([...toGroup, ...digested].flat()) };
    yield { atOnce: 1, sequences: [{ inTurn: false, outcomes: others }] };
  }

  /** A candidate whose alert was not published: should it come again, it is decided on anew. */
  forget(candidate: C): void {
    this.#ended.delete(keyOf(candidate));
  }

  /** The same event may lie in two messages of one batch: it ends as the first of them does. */
  #apart(candidates: readonly C[]): { readonly firsts: readonly C[]; readonly others: readonly Outcome<C>[] } {
    const firsts = new Map<string, C>();
    const others: Outcome<C>[] = [];
    for (const candidate of candidates) {
      const key = keyOf(candidate);
      const first = firsts.get(key);
      if (first) others.push({ kind: "repeated", candidate, first });
      else if (this.#ended.has(key)) others.push({ kind: "duplicate", candidate });
      else firsts.set(key, candidate);
    }
    return { firsts: [...firsts.values()], others };
  }

  /** @param toGroup is given the members that are to be grouped behind the window's alert */
  #alerts(members: Members<C>, toGroup: (readonly C[])[]): Sequence<C> {
    const [{ window }] = members;
    // One that counts is filled one by one: it has few to write before it alerts, and none after.
    if (window.kind === "count") return { inTurn: false, outcomes: this.#oneByOne(members, TIME_FOR_AN_ALERT_MS) };
    // What is critical needs no place in the hour, and waits for nothing.
    return { inTurn: window.severity !== "critical", outcomes: this.#firstOf(members, toGroup) };
  }

  async *#firstOf(members: Members<C>, toGroup: (readonly C[])[]): AsyncGenerator<Outcome<C>, void> {
    const [first] = members;
    const outcome = await this.#decide(first, TIME_FOR_AN_ALERT_MS);
    yield outcome;
    // An earlier try may have opened the window with another of them, and died before it was published.
    const opener = "opener" in outcome ? outcome.opener : undefined;
    const other = members.find((member) => member !== first && member.id === opener);
    if (other) yield await this.#decide(other, TIME_FOR_AN_ALERT_MS);
    toGroup.push(members.filter((member) => member !== first && member !== other));
  }

  async *#oneByOne(candidates: readonly C[], needed: number): AsyncGenerator<Outcome<C>, void> {
    for (const candidate of candidates) yield await this.#decide(candidate, needed);
  }

  *#grouped(candidates: readonly C[]): Generator<Sequence<C>, void> {
    for (const candidate of candidates) {
      yield { inTurn: false, outcomes: this.#oneByOne([candidate], TIME_FOR_GROUPING_MS) };
    }
  }

  /** @param needed milliseconds that must be left */
  async #decide(candidate: C, needed: number): Promise<Outcome<C>> {
    if (this.ports.remainingMs() < needed) return { kind: "retry", candidate, reason: NO_TIME_LEFT };
    let decision: Decision;
    try {
      decision = await this.#matches.decide(candidate);
    } catch (error) {
      return { kind: "retry", candidate, reason: reasonOf(error), error };
    }
    if (decision.kind === "busy") {
      return { kind: "retry", candidate, reason: "another invocation is processing it" };
    }
    this.#ended.add(keyOf(candidate));
    return { ...decision, candidate };
  }
}

/** In the order of their first members, which come in order too. */
function byWindow<C extends AlertCandidate>(candidates: readonly C[]): readonly Members<C>[] {
  const windows = new Map<string, [C, ...C[]]>();
  for (const candidate of candidates) {
    const members = windows.get(candidate.window.id);
    if (members) members.push(candidate);
    else windows.set(candidate.window.id, [candidate]);
  }
  return [...windows.values()];
}

function keyOf({ detection, id }: AlertCandidate): string {
  return `${detection.id} ${id}`;
}

function inOrder(a: AlertCandidate, b: AlertCandidate): number {
  return a.time - b.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
