import { atOnce } from "./at-once";
import { Decider, type Match } from "./decide/decider";
import { eventId } from "./decide/event-id";
import { closingTime, eventTimeMs, type Window, windowOf } from "./decide/window";
import type { Ports } from "./ports";
import { HourlyCap } from "./publish/cap";
import { reasonOf } from "./publish/text";
import type { Place } from "./seen/seen-store";
import { writtenDown } from "./seen/written-down";
import type { Outcome, Tally } from "./tally";

/** Nothing is begun with less time left (milliseconds), so that the closing line and the answer still get out. */
const TIME_FOR_AN_ALERT_MS = 15_000;
/** Alerts under way to the topic at once. */
const PUBLISHES_AT_ONCE = 10;
/** Decisions under way at once. */
const DECISIONS_AT_ONCE = 25;

/** A match and where it belongs. */
export interface Settling extends Match {
  readonly id: string;
  readonly window: Window;
}

/** @throws when nobody could say where the match belongs: its record can't be judged */
export function settling(match: Match): Settling {
  return { ...match, id: eventId(match.event), window: windowOf(match.detection, match.event) };
}

interface Candidate {
  readonly match: Settling;
  readonly place: Place;
}

/** Decides on matches and publishes what is to be told, for one invocation. Every match ends in exactly one outcome. */
export class Settler {
  readonly #decider: Decider;
  readonly #cap: HourlyCap;
  /** What this invocation has brought to an end, by detection and event. */
  readonly #ended = new Set<string>();

  constructor(
    private readonly ports: Ports,
    private readonly tally: Tally,
  ) {
    this.#decider = new Decider(ports.store, ports.lease);
    this.#cap = new HourlyCap(ports);
  }

  /**
   * In the order of event time, the earliest of each window first; what one window decides waits for no other.
   *
   * @returns why, for every match that must come again
   */
  async settle(matches: readonly Settling[]): Promise<ReadonlyMap<Settling, string>> {
    this.tally.matches.made += matches.length;
    const failures = new Map<Settling, string>();
    const [first, repeated] = this.#apart([...matches].sort(inOrder));
    const candidates = await this.#decide(first, failures);
    await this.#publish(candidates, failures);
    for (const match of repeated) {
      const reason = failures.get(match.of);
      if (reason === undefined) this.tally.matches.duplicate++;
      else this.#fail(match.match, reason, failures);
    }
    return failures;
  }

  /** The same event may lie in two messages of one batch: it ends as the first of them does. */
  #apart(
    matches: readonly Settling[],
  ): readonly [readonly Settling[], readonly { readonly match: Settling; readonly of: Settling }[]] {
    const firsts = new Map<string, Settling>();
    const repeated: { readonly match: Settling; readonly of: Settling }[] = [];
    for (const match of matches) {
      const key = keyOf(match);
      const of = firsts.get(key);
      if (of) repeated.push({ match, of });
      else if (this.#ended.has(key)) this.tally.matches.duplicate++;
      else firsts.set(key, match);
    }
    return [[...firsts.values()], repeated];
  }

  /** @returns what is claimed for publishing, in order */
  async #decide(matches: readonly Settling[], failures: Map<Settling, string>): Promise<readonly Candidate[]> {
    const windows = new Map<string, Settling[]>();
    for (const match of matches) {
      const members = windows.get(match.window.id);
      if (members) members.push(match);
      else windows.set(match.window.id, [match]);
    }
    const candidates: Candidate[] = [];
    const decide = async (match: Settling): Promise<void> => {
      try {
        if (this.ports.remainingMs() < TIME_FOR_AN_ALERT_MS) throw new Error("no time left");
        const decision = await this.#decider.decide(match, match.window);
        if (decision.kind === "publish") candidates.push({ match, place: decision.place });
        else if (decision.kind === "busy") this.#fail(match, "another invocation is at it", failures);
        else this.#end(match, decision.kind);
      } catch (error) {
        this.#fail(match, reasonOf(error), failures);
      }
    };
    // A window's first match decides what the others are; one that counts is filled one by one.
    await atOnce(windows.values(), DECISIONS_AT_ONCE, async ([first, ...others]) => {
      if (!first) return;
      await decide(first);
      if (first.window.kind === "count") for (const match of others) await decide(match);
    });
    const others = [...windows.values()].flatMap(([first, ...rest]) => (first?.window.kind === "count" ? [] : rest));
    await atOnce(others, DECISIONS_AT_ONCE, decide);
    return candidates.sort((a, b) => inOrder(a.match, b.match));
  }

  async #publish(candidates: readonly Candidate[], failures: Map<Settling, string>): Promise<void> {
    const admitted: Candidate[] = [];
    for (const candidate of candidates) {
      const { match, place } = candidate;
      try {
        if (this.ports.remainingMs() < TIME_FOR_AN_ALERT_MS) throw new Error("no time left");
        if (await this.#cap.admits(place, match.detection.severity)) {
          admitted.push(candidate);
        } else {
          await this.#holdBack(match, place);
        }
      } catch (error) {
        this.#fail(match, reasonOf(error), failures);
      }
    }
    await atOnce(admitted, PUBLISHES_AT_ONCE, async ({ match, place }) => {
      try {
        if (this.ports.remainingMs() < TIME_FOR_AN_ALERT_MS) throw new Error("no time left");
        const { detection, event, path, window } = match;
        await this.ports.publish(await this.ports.renderAlert(detection, event, path, window));
      } catch (error) {
        const { detection, id } = match;
        const reason = reasonOf(error);
        this.ports.log.finding("alert can't be published", { detection: detection.id, eventID: id, reason });
        this.#fail(match, reason, failures);
        return;
      }
      await this.#confirm(match, place);
    });
  }

  /** The summary of its window tells of it, when the flood is over. */
  async #holdBack(match: Settling, place: Place): Promise<void> {
    const { store, lease } = this.ports;
    const { window } = match;
    // A window that counts has no summary otherwise.
    if (window.kind === "count") {
      await store.openWindow({ ...window, kind: "fold" }, place.member, closingTime(window, lease().now));
    }
    await store.confirm(place, "capped");
    this.#end(match, "capped");
  }

  /** The alert is out. Should that not be written down, the other path may tell it again; coming again, this one surely would. */
  async #confirm(match: Settling, place: Place): Promise<void> {
    const time = eventTimeMs(match.event);
    if (time > 0) this.ports.publishedAfter(this.ports.lease().now - time);
    this.#end(match, "published");
    try {
      await writtenDown(() => this.ports.store.confirm(place, "published"));
    } catch (error) {
      const { detection, id } = match;
      const reason = reasonOf(error);
      this.ports.log.finding("published alert can't be confirmed", { detection: detection.id, eventID: id, reason });
    }
  }

  #end(match: Settling, outcome: Outcome): void {
    this.#ended.add(keyOf(match));
    this.tally.matches[outcome]++;
  }

  #fail(match: Settling, reason: string, failures: Map<Settling, string>): void {
    this.tally.matches.failed++;
    failures.set(match, reason);
  }
}

function keyOf({ detection, id }: Settling): string {
  return `${detection.id} ${id}`;
}

function inOrder(a: Settling, b: Settling): number {
  return eventTimeMs(a.event) - eventTimeMs(b.event) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
