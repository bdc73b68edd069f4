import { reasonOf } from "../../detection/events/text";
import { atOnce } from "../at-once";
import { NO_TIME_LEFT, TIME_FOR_AN_ALERT_MS } from "../outcomes/decide";
import type { Match } from "../outcomes/match";
import type { Outcome, Round, Sequence } from "../outcomes/outcome";
import type { Ports } from "../ports";
import { HourlyCap } from "../rate-limit/cap";
import type { Tally } from "../tally";
import type { Place } from "../windows/seen-store";
import { closingTime } from "../windows/window";
import { writtenDown } from "../windows/written-down";
import { type Turn, turns } from "./turns";

type Failures = Map<Match, string>;

/** Renders, publishes and confirms what is decided, for one invocation, and counts what becomes of every match. */
export class Dispatcher {
  readonly #cap: HourlyCap;

  constructor(
    private readonly ports: Ports,
    private readonly tally: Tally,
  ) {
    this.#cap = new HourlyCap(ports);
  }

  /**
   * Round by round; each alert goes out as soon as it is claimed.
   *
   * @returns why, for every match that must come again
   */
  async dispatch(rounds: AsyncIterable<Round<Match>>): Promise<ReadonlyMap<Match, string>> {
    const failures: Failures = new Map();
    for await (const round of rounds) {
      const nextTurn = turns();
      await atOnce(round.sequences, round.atOnce, (sequence) => this.#sequence(sequence, nextTurn, failures));
    }
    return failures;
  }

  async #sequence({ inTurn, outcomes }: Sequence<Match>, nextTurn: () => Turn, failures: Failures): Promise<void> {
    // Taken before its outcome is known: whatever comes later waits for it.
    let turn = inTurn ? nextTurn() : undefined;
    try {
      for await (const outcome of outcomes) {
        await this.#dispatch(outcome, failures, turn);
        turn?.over();
        if (inTurn) turn = nextTurn();
      }
    } finally {
      turn?.over();
    }
  }

  async #dispatch(outcome: Outcome<Match>, failures: Failures, turn: Turn | undefined): Promise<void> {
    const { candidate: match } = outcome;
    switch (outcome.kind) {
      case "publish":
        return this.#alert(match, outcome.place, failures, turn);
      case "repeated": {
        const reason = failures.get(outcome.first);
        if (reason !== undefined) this.#fail(match, reason, failures);
        else this.tally.matches.duplicate++;
        return;
      }
      case "retry":
        this.#fail(match, outcome.reason, failures);
        return;
      default:
        this.tally.matches[outcome.kind]++;
    }
  }

  async #alert(match: Match, place: Place, failures: Failures, turn: Turn | undefined): Promise<void> {
    try {
      await turn?.come;
      const admitted = await this.#admit(match, place);
      turn?.over();
      if (!admitted) return;
    } catch (error) {
      this.#fail(match, reasonOf(error), failures);
      return;
    }
    await this.#publish(match, place, failures);
  }

  async #admit(match: Match, place: Place): Promise<boolean> {
    this.#mustHaveTime();
    if (await this.#cap.admits(place, match.detection.severity)) return true;
    await this.#holdBack(match, place);
    return false;
  }

  async #publish(match: Match, place: Place, failures: Failures): Promise<void> {
    const { detection, event, path, window, id } = match;
    try {
      this.#mustHaveTime();
      await this.ports.publish(await this.ports.renderAlert(detection, event, path, window));
    } catch (error) {
      const reason = reasonOf(error);
      this.ports.log.finding("alert can't be published", { detection: detection.id, eventID: id, reason });
      this.#fail(match, reason, failures);
      return;
    }
    await this.#confirm(match, place);
  }

  /** @throws when less time is left than an alert takes */
  #mustHaveTime(): void {
    if (this.ports.remainingMs() < TIME_FOR_AN_ALERT_MS) throw new Error(NO_TIME_LEFT);
  }

  /** The summary of its window reports it, when the alert storm is over. */
  async #holdBack({ window }: Match, place: Place): Promise<void> {
    const { store, lease } = this.ports;
    // A window that counts has no summary otherwise.
    if (window.kind === "count") {
      await store.openWindow({ ...window, kind: "fold" }, place.member, closingTime(window, lease().now));
    }
    await store.confirm(place, "capped");
    this.tally.matches.capped++;
  }

  /** The alert is out. If that can't be written, the other path may send it again; coming again, this match surely would. */
  async #confirm({ detection, id, time }: Match, place: Place): Promise<void> {
    const { store, lease, log, publishedAfter } = this.ports;
    if (time > 0) publishedAfter(lease().now - time);
    this.tally.matches.published++;
    try {
      await writtenDown(() => store.confirm(place, "published"));
    } catch (error) {
      const reason = reasonOf(error);
      log.finding("published alert can't be confirmed", { detection: detection.id, eventID: id, reason });
    }
  }

  #fail(match: Match, reason: string, failures: Failures): void {
    this.tally.matches.failed++;
    failures.set(match, reason);
  }
}
