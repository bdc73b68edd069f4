import { ACCOUNT_ID } from "../../detection/events/account-id";
import { eventId } from "../../detection/events/event-id";
import { forEachConcurrent } from "../for-each-concurrent";
import type { IncidentPlace } from "../incidents/incident";
import { incidentCaller } from "../incidents/incident-caller";
import { NO_TIME_LEFT, TIME_FOR_AN_ALERT_MS } from "../outcomes/decide";
import type { Match } from "../outcomes/match";
import type { Outcome, Round, Sequence } from "../outcomes/outcome";
import type { Ports } from "../ports";
import { type ErrorFields, errorFields, isExpected } from "../processing-error";
import { HourlyRateLimit } from "../rate-limit/hourly-rate-limit";
import type { Tally } from "../tally";
import type { Place } from "../windows/alert-state";
import { retryWrite } from "../windows/retry-write";
import { closingTime } from "../windows/window";
import { MissedEvents } from "./missed-events";
import { type Turn, turns } from "./turns";

type Failures = Map<Match, string>;

/** Renders, publishes and confirms what is decided, for one invocation, and counts what becomes of every match. */
export class Dispatcher {
  readonly #rateLimit: HourlyRateLimit;
  readonly #missed: MissedEvents;
  /** Ids of the incidents that this invocation's alerts belong to, by event. */
  readonly #incidents = new Map<string, string>();

  /** @param notAlerted is called when an alert is not published, before its sequence is asked for more */
  constructor(
    private readonly ports: Ports,
    private readonly tally: Tally,
    private readonly notAlerted: (match: Match) => void,
  ) {
    this.#rateLimit = new HourlyRateLimit(ports);
    this.#missed = new MissedEvents(ports, tally);
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
      await forEachConcurrent(round.sequences, round.atOnce, (sequence) =>
        this.#sequence(sequence, nextTurn, failures),
      );
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
        await this.#alert(match, outcome.place, failures, turn);
        return;
      case "merged":
        this.tally.matches.merged++;
        await this.#confirm(match, outcome.place);
        await this.#missed.note(match);
        return;
      case "repeated": {
        const reason = failures.get(outcome.first);
        if (reason !== undefined) this.#fail(match, reason, failures);
        else this.tally.matches.duplicate++;
        return;
      }
      case "retry":
        // What is expected is said by the line about the message.
        if ("error" in outcome && !isExpected(outcome.error)) {
          this.#log("match can't be decided on", match, errorFields(outcome.error));
        }
        this.#fail(match, outcome.reason, failures);
        return;
      case "grouped":
        this.tally.matches.grouped++;
        await this.#missed.note(match);
        return;
      default:
        this.tally.matches[outcome.kind]++;
    }
  }

  async #alert(match: Match, place: Place, failures: Failures, turn: Turn | undefined): Promise<void> {
    const admitted = await this.#admit(match, place, failures, turn);
    const published = admitted && (await this.#publish(match, place, failures));
    if (!published) this.notAlerted(match);
  }

  /** Whether the alert may go out. */
  async #admit(match: Match, place: Place, failures: Failures, turn: Turn | undefined): Promise<boolean> {
    await turn?.come;
    try {
      if (!this.#hasTime()) {
        this.#fail(match, NO_TIME_LEFT, failures);
        return false;
      }
      const admitted = await this.#rateLimit.admits(place, match.detection.severity);
      if (!admitted) await this.#holdBack(match, place);
      return admitted;
    } catch (error) {
      const fields = errorFields(error);
      if (!isExpected(error)) this.#log("alert can't be admitted", match, fields);
      this.#fail(match, fields.reason, failures);
      return false;
    } finally {
      turn?.over();
    }
  }

  /** Whether the alert is out. */
  async #publish(match: Match, place: Place, failures: Failures): Promise<boolean> {
    const fail = (fields: ErrorFields): boolean => {
      this.#log("alert can't be published", match, fields);
      this.#fail(match, fields.reason, failures);
      return false;
    };
    if (!this.#hasTime()) return fail({ reason: NO_TIME_LEFT });
    const { detection, event, path, window, also } = match;
    const incident = await this.#join(match);
    const followsUrgent = path === "event" && [detection, ...also].some(({ route }) => route === "topic");
    try {
      const alert = { detection, event, path, window, also, followsUrgent, ...(incident && { incident }) };
      await this.ports.publish(await this.ports.renderAlert(alert));
    } catch (error) {
      return fail(errorFields(error));
    }
    if (match.time > 0) this.ports.publishedAfter(this.ports.lease().now - match.time);
    this.tally.matches.published++;
    this.#countFor(match.particulars.account);
    await this.#confirm(match, place);
    await this.#missed.note(match);
    return true;
  }

  #countFor(account = ""): void {
    const { alertsByAccount } = this.tally;
    const id = ACCOUNT_ID.test(account) ? account : "unknown";
    alertsByAccount[id] = (alertsByAccount[id] ?? 0) + 1;
  }

  /** The alert goes out all the same where this fails. */
  async #join(match: Match): Promise<IncidentPlace | undefined> {
    try {
      const { incidents, incidentMs, renderStep, lease } = this.ports;
      const caller = incidentCaller(match.event.detail);
      const place = await incidents.join(caller, renderStep(match), incidentMs, lease());
      this.#incidents.set(match.id, place.id);
      return place;
    } catch (error) {
      this.#log("alert can't be joined to its incident", match, errorFields(error));
      return undefined;
    }
  }

  #hasTime(): boolean {
    return this.ports.remainingMs() >= TIME_FOR_AN_ALERT_MS;
  }

  /** The summary of its window reports it, when the alert storm is over. */
  async #holdBack(match: Match, place: Place): Promise<void> {
    const { window } = match;
    const { store, lease } = this.ports;
    // A window that counts has no summary otherwise.
    if (window.kind === "count") {
      await store.openWindow(
        { ...window, id: place.windowId, kind: "group" },
        place.member,
        closingTime(window, lease().now),
      );
    }
    await store.confirm(place, "rateLimited");
    this.tally.matches.rateLimited++;
    await this.#missed.note(match);
  }

  /** The alert is out. If that can't be written, the other path may send it again; coming again, this match surely would. */
  async #confirm(match: Match, place: Place): Promise<void> {
    try {
      await retryWrite(() => this.ports.store.confirm(place, "published", this.#incidents.get(match.id)));
    } catch (error) {
      this.#log("published alert can't be confirmed", match, errorFields(error));
    }
  }

  #log(what: string, { detection, event, position }: Match, fields: ErrorFields): void {
    const about = { detection: detection.id, eventID: eventId(event), ...position };
    this.ports.log.processingError(what, { ...about, ...fields });
  }

  #fail(match: Match, reason: string, failures: Failures): void {
    this.tally.matches.failed++;
    failures.set(match, reason);
  }
}
