import { SEVERITIES } from "../../detection/definition/detection";
import { eventId } from "../../detection/events/event-id";
import { eventTimeMs } from "../../detection/events/event-time";
import { reasonOf } from "../../detection/events/text";
import { atOnce } from "../at-once";
import { HourlyCap } from "../rate-limit/cap";
import type { Outcome, Tally } from "../tally";
import { Decider, type Match } from "../windows/decider";
import type { Place } from "../windows/seen-store";
import { closingTime, type Window, windowOf } from "../windows/window";
import { writtenDown } from "../windows/written-down";
import type { Ports } from "./ports";
import { type Turn, turns } from "./turns";

/** No alert is begun with less time left (milliseconds), so that the closing line and the answer still get out. */
const TIME_FOR_AN_ALERT_MS = 15_000;
/** What only needs to be put down leaves the last of the time (milliseconds) to alerts. */
const TIME_FOR_GROUPING_MS = 30_000;
/** Windows whose alert is decided on or under way to the topic at once. */
const ALERTS_AT_ONCE = 10;
/** Matches that are put down at once. */
const GROUPED_AT_ONCE = 25;

/** A match and where it belongs. */
export interface Settling extends Match {
  readonly id: string;
  readonly window: Window;
}

/** @throws when nobody could say where the match belongs: its record can't be judged */
export function settling(match: Match): Settling {
  return { ...match, id: eventId(match.event), window: windowOf(match.detection, match.event) };
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
   * Alerts first, the most severe of them before all others; each goes out as soon as it is claimed. Then what they are followed by
   * is put down for the summaries. Of one window, and of one severity where the hour has too few places, the earliest event comes
   * first; what one window decides waits for no other.
   *
   * @returns why, for every match that must come again
   */
  async settle(matches: readonly Settling[]): Promise<ReadonlyMap<Settling, string>> {
    this.tally.matches.made += matches.length;
    const failures = new Map<Settling, string>();
    const [first, repeated] = this.#apart([...matches].sort(inOrder));
    const windows = bySeverity(first);
    const left: (readonly Settling[])[] = [];
    for (const its of windows) {
      const nextTurn = turns();
      await atOnce(its, ALERTS_AT_ONCE, async (members) => {
        left.push(await this.#alert(members, nextTurn, failures));
      });
    }
    await atOnce(left.flat(), GROUPED_AT_ONCE, async (match) => {
      await this.#decide(match, TIME_FOR_GROUPING_MS, failures);
    });
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

  /**
   * Publishes what one window alerts of.
   *
   * @returns the members that are left to be put down
   */
  async #alert(
    members: readonly Settling[],
    nextTurn: () => Turn,
    failures: Map<Settling, string>,
  ): Promise<readonly Settling[]> {
    const [first] = members;
    if (!first || first.window.kind === "digest") return members;
    // One that counts is filled one by one: it has few to write before it alerts, and none after.
    if (first.window.kind === "count") {
      for (const match of members) await this.#decide(match, TIME_FOR_AN_ALERT_MS, failures);
      return [];
    }
    // What is critical needs no place in the hour, and waits for nothing.
    const turn = first.window.severity === "critical" ? () => undefined : nextTurn;
    const opener = await this.#decide(first, TIME_FOR_AN_ALERT_MS, failures, turn());
    // An earlier try may have opened the window with another of them, and died before it was published.
    const other = members.find((match) => match !== first && match.id === opener);
    if (other) await this.#decide(other, TIME_FOR_AN_ALERT_MS, failures, turn());
    return members.filter((match) => match !== first && match !== other);
  }

  /**
   * Decides on a match and, if it is to alert, publishes it.
   *
   * @param needed milliseconds that must be left
   * @returns id of the event behind which it is grouped, if it is
   */
  async #decide(
    match: Settling,
    needed: number,
    failures: Map<Settling, string>,
    turn?: Turn,
  ): Promise<string | undefined> {
    try {
      this.#mustHave(needed);
      const decision = await this.#decider.decide(match, match.window);
      if (decision.kind === "publish") {
        await turn?.come;
        const admitted = await this.#admit(match, decision.place);
        turn?.over();
        if (admitted) await this.#publish(match, decision.place, failures);
      } else if (decision.kind === "busy") {
        this.#fail(match, "another invocation is at it", failures);
      } else {
        this.#end(match, decision.kind);
        return "opener" in decision ? decision.opener : undefined;
      }
    } catch (error) {
      this.#fail(match, reasonOf(error), failures);
    } finally {
      turn?.over();
    }
    return undefined;
  }

  async #admit(match: Settling, place: Place): Promise<boolean> {
    this.#mustHave(TIME_FOR_AN_ALERT_MS);
    if (await this.#cap.admits(place, match.detection.severity)) return true;
    await this.#holdBack(match, place);
    return false;
  }

  async #publish(match: Settling, place: Place, failures: Map<Settling, string>): Promise<void> {
    const { detection, event, path, window, id } = match;
    try {
      this.#mustHave(TIME_FOR_AN_ALERT_MS);
      await this.ports.publish(await this.ports.renderAlert(detection, event, path, window));
    } catch (error) {
      const reason = reasonOf(error);
      this.ports.log.finding("alert can't be published", { detection: detection.id, eventID: id, reason });
      this.#fail(match, reason, failures);
      return;
    }
    await this.#confirm(match, place);
  }

  /** @throws when less time is left */
  #mustHave(milliseconds: number): void {
    if (this.ports.remainingMs() < milliseconds) throw new Error("no time left");
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

/** Matches by window, each list in order; and the windows by severity, the most severe first, in the order of their first. */
function bySeverity(matches: readonly Settling[]): readonly (readonly (readonly Settling[])[])[] {
  const windows = new Map<string, Settling[]>();
  for (const match of matches) {
    const members = windows.get(match.window.id);
    if (members) members.push(match);
    else windows.set(match.window.id, [match]);
  }
  const all = [...windows.values()];
  return SEVERITIES.map((severity) => all.filter(([first]) => first?.window.severity === severity));
}

function keyOf({ detection, id }: Settling): string {
  return `${detection.id} ${id}`;
}

function inOrder(a: Settling, b: Settling): number {
  return eventTimeMs(a.event) - eventTimeMs(b.event) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
