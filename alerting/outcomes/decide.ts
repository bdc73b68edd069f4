import { isMoreSevere, SEVERITIES, type Severity } from "../../detection/definition/detection";
import { reasonOf } from "../../detection/events/text";
import type { AlertState, Lease, Place } from "../windows/alert-state";
import { byEvent, byWindow, canAlert, connected, inOrder, leadFirst, type Members } from "./batch-order";
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
const BUSY = "another invocation is processing it";

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
  /** Ids of the events whose alert is out or on its way, and the severity that it has at the least. */
  readonly #alerted = new Map<string, Severity>();
  /** Of this batch: the candidates that may alert, by event, and the events that another invocation is at. */
  #candidates: ReadonlyMap<string, readonly C[]> = new Map();
  readonly #busy = new Set<string>();

  constructor(private readonly ports: DecidingPorts) {
    this.#matches = new MatchDecider(ports.store, ports.lease);
  }

  /**
   * Alerts first, the most severe of them before all others, then what is grouped behind them, what waits for the daily digest last. Of
   * one window, and of one severity where the hour has too few places, the earliest event comes first; what one window decides waits
   * only for those of its severity that it shares an event with.
   *
   * One event alerts once, through the most severe of its candidates that can; the others are merged. Every invocation decides on
   * them in the same order, and one that finds another at one of them leaves the others alone.
   *
   * The iterators decide as they are asked, and must be asked to their end. Each `publish` must be confirmed, or said to be
   * `notAlerted`, before its sequence is asked for more.
   */
  async *decide(candidates: readonly C[]): AsyncGenerator<Round<C>, void> {
    this.#busy.clear();
    const { leaders, firsts, others } = this.#apart([...candidates].sort(inOrder));
    this.#candidates = byEvent(leaders.filter(canAlert));
    const windows = byWindow(firsts);
    const digested = windows.filter(([first]) => first.window.kind === "digest");
    const alerting = windows.filter(([first]) => first.window.kind !== "digest");
    const toGroup: (readonly C[])[] = [];
    for (const severity of SEVERITIES) {
      const windowsOfSeverity = alerting.filter(([first]) => first.window.severity === severity);
      const sequences = connected(windowsOfSeverity).map((windows) => this.#alerts(windows, toGroup));
      yield { atOnce: ALERTS_AT_ONCE, sequences };
    }
    yield { atOnce: GROUPED_AT_ONCE, sequences: this.#grouped([...toGroup, ...digested].flat()) };
    yield { atOnce: 1, sequences: [{ inTurn: false, outcomes: others }] };
  }

  /** A candidate's alert was not published, so the next of its event alerts. */
  notAlerted({ id }: C): void {
    this.#alerted.delete(id);
  }

  /** A candidate whose alert was not published: should it come again, it is decided on anew. */
  forget(candidate: C): void {
    this.#ended.delete(keyOf(candidate));
  }

  /**
   * The same call may lie in two messages of one batch: it ends as the first of its records does, which leads.
   *
   * @returns `firsts`: the leaders that have not ended before
   */
  #apart(candidates: readonly C[]): {
    readonly leaders: readonly C[];
    readonly firsts: readonly C[];
    readonly others: readonly Outcome<C>[];
  } {
    const leaders = new Map<string, C>();
    const others: Outcome<C>[] = [];
    for (const candidate of candidates) {
      const key = keyOf(candidate);
      const first = leaders.get(key);
      if (!first) leaders.set(key, candidate);
      if (this.#ended.has(key)) others.push({ kind: "duplicate", candidate });
      else if (first) others.push({ kind: "repeated", candidate, first });
    }
    const all = [...leaders.values()];
    return { leaders: all, firsts: all.filter((candidate) => !this.#ended.has(keyOf(candidate))), others };
  }

  /**
   * @param windows of one severity
   * @param toGroup is given the members that are to be grouped behind the windows' alerts
   */
  #alerts(windows: readonly Members<C>[], toGroup: (readonly C[])[]): Sequence<C> {
    // What is critical needs no place in the hour, and waits for nothing.
    const inTurn = windows.some(([{ window }]) => window.kind !== "count" && window.severity !== "critical");
    return { inTurn, outcomes: this.#oneWindowAfterTheOther([...windows].sort(leadFirst), toGroup) };
  }

  async *#oneWindowAfterTheOther(
    windows: readonly Members<C>[],
    toGroup: (readonly C[])[],
  ): AsyncGenerator<Outcome<C>, void> {
    for (const members of windows) {
      // One that counts is filled one by one: it has few to write before it alerts, and none after.
      if (members[0].window.kind === "count") yield* this.#oneByOne(members, TIME_FOR_AN_ALERT_MS);
      else yield* this.#firstOf(members, toGroup);
    }
  }

  async *#firstOf(members: Members<C>, toGroup: (readonly C[])[]): AsyncGenerator<Outcome<C>, void> {
    const left = new Set<C>(members);
    let opener: string | undefined;
    for (const member of members) {
      const outcome = await this.#decide(member, TIME_FOR_AN_ALERT_MS);
      left.delete(member);
      yield outcome;
      // One that must come again says nothing of the window, nor does one that belongs to another: the next may be the one that alerts.
      if (outcome.kind === "retry" || this.#matches.isElsewhere(member)) continue;
      opener = "opener" in outcome ? outcome.opener : undefined;
      break;
    }
    // An earlier try may have opened the window with another of them, and died before it was published.
    const other = [...left].find((member) => member.id === opener);
    if (other) {
      left.delete(other);
      yield await this.#decide(other, TIME_FOR_AN_ALERT_MS);
    }
    toGroup.push([...left]);
  }

  async *#oneByOne(candidates: readonly C[], needed: number): AsyncGenerator<Outcome<C>, void> {
    for (const candidate of candidates) yield await this.#decide(candidate, needed);
  }

  /** Those of one event stay one after the other: what could not be decided on before may alert here. */
  *#grouped(candidates: readonly C[]): Generator<Sequence<C>, void> {
    for (const ofEvent of byEvent(candidates).values()) {
      yield { inTurn: false, outcomes: this.#oneByOne(ofEvent, TIME_FOR_GROUPING_MS) };
    }
  }

  /** @param needed milliseconds that must be left */
  async #decide(candidate: C, needed: number): Promise<Outcome<C>> {
    if (this.ports.remainingMs() < needed) return { kind: "retry", candidate, reason: NO_TIME_LEFT };
    if (canAlert(candidate) && this.#busy.has(candidate.id)) return { kind: "retry", candidate, reason: BUSY };
    let decision: Decision;
    try {
      decision = await this.#matches.decide(candidate);
    } catch (error) {
      return { kind: "retry", candidate, reason: reasonOf(error), error };
    }
    if (decision.kind === "publish") return this.#lead(candidate, decision.place);
    if (decision.kind === "busy") return this.#leave(candidate);
    this.#ended.add(keyOf(candidate));
    if ("alerted" in decision && decision.alerted) this.#alert(candidate);
    return { ...decision, candidate };
  }

  /** A candidate that is claimed alerts, unless its event has alerted at least as severely. */
  async #lead(candidate: C, place: Place): Promise<Outcome<C>> {
    const alerted = this.#isAlerted(candidate) ? "alerted" : await this.#elsewhere(candidate);
    if (alerted === "busy") return this.#leave(candidate);
    this.#ended.add(keyOf(candidate));
    this.#alert(candidate);
    return { kind: alerted === "alerted" ? "merged" : "publish", candidate, place };
  }

  #leave(candidate: C): Outcome<C> {
    this.#busy.add(candidate.id);
    return { kind: "retry", candidate, reason: BUSY };
  }

  #isAlerted({ id, window }: C): boolean {
    const severity = this.#alerted.get(id);
    return severity !== undefined && !isMoreSevere(window.severity, severity);
  }

  #alert({ id, window: { severity } }: C): void {
    const before = this.#alerted.get(id);
    if (before === undefined || isMoreSevere(severity, before)) this.#alerted.set(id, severity);
  }

  /**
   * Whether another invocation has alerted of the candidate's event through another candidate, or is at it. What is less severe
   * does not count, since whoever is notified of severe alerts alone has not had it.
   */
  async #elsewhere(candidate: C): Promise<"alerted" | "busy" | "none"> {
    const others = (this.#candidates.get(candidate.id) ?? []).filter(
      (other) =>
        other.detection.id !== candidate.detection.id &&
        !isMoreSevere(candidate.window.severity, other.window.severity) &&
        // Another of its window alerted.
        !(this.#ended.has(keyOf(other)) && other.window.kind === "group"),
    );
    const standings = await Promise.all(
      // Two alerts rather than none.
      others.map((other) => this.#matches.standing(other).catch(() => "none" as const)),
    );
    return standings.find((standing) => standing === "alerted") ?? standings.find((each) => each === "busy") ?? "none";
  }
}

function keyOf({ detection, id }: AlertCandidate): string {
  return `${detection.id} ${id}`;
}
