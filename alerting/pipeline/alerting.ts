import { Dispatcher } from "../dispatch/dispatcher";
import { Decider } from "../outcomes/decide";
import { type Match, matchesOf } from "../outcomes/match";
import type { Ports } from "../ports";
import type { Tally } from "../tally";

export { alertRenderer, rateLimitNotice, shortened } from "../notices/alert-renderer";
export { incidentStep } from "../notices/incident-step";

/**
 * Decides and dispatches what matches, for one invocation. With the words of alerts a file of its own in the zip, since most events
 * match nothing.
 */
export class Alerting {
  readonly #decider: Decider<Match>;
  readonly #dispatcher: Dispatcher;

  constructor(
    ports: Ports,
    private readonly tally: Tally,
  ) {
    this.#decider = new Decider(ports);
    this.#dispatcher = new Dispatcher(ports, tally, (match) => this.#decider.notAlerted(match));
  }

  /** @throws see `matchesOf` */
  readonly matchesOf = matchesOf;

  /** @returns why, for every match that must come again */
  async alert(matches: readonly Match[]): Promise<ReadonlyMap<Match, string>> {
    this.tally.matches.made += matches.length;
    const failures = await this.#dispatcher.dispatch(this.#decider.decide(matches));
    for (const match of failures.keys()) this.#decider.forget(match);
    return failures;
  }
}
