import type { OutcomeKind } from "../../detection/events/outcome";
import { isoTime, oneLine, parseTime } from "../../detection/events/text";
import { ACTOR_LENGTH, type Member } from "../windows/alert-state";

/** Characters of a name. */
const NAME = 128;

/** How often something was seen. */
export interface Tallied {
  readonly name: string;
  readonly count: number;
}

/** How many calls came to what; `unknown` of those that an earlier version has put down. */
export type Outcomes = { readonly [outcome in OutcomeKind | "unknown"]?: number };

/** A caller, and what came of their calls. */
export interface TalliedActor extends Tallied {
  readonly outcomes: Outcomes;
}

/** One event of a window. */
export interface NamedEvent {
  readonly id: string;
  readonly eventName: string;
  readonly region: string;
  readonly actor: string;
  readonly outcome: OutcomeKind | "unknown";
  /** Where CloudTrail's event history doesn't hold it. */
  readonly category?: string;
  /** Id of its alert's incident. */
  readonly incident?: string;
}

/** In this order they are counted up: what succeeded first. */
const OUTCOMES = ["succeeded", "denied", "failed", "unknown"] as const;
/** Who it was that an earlier version has put down. */
export const NOT_RECORDED = "caller not recorded";

/** Adds up the members of a window, however many they are. */
export class Totals {
  /** Of those that got no alert of their own. */
  count = 0;
  /** How many of them would have alerted, had the hour's limit not been reached. */
  rateLimited = 0;
  #first: number | undefined;
  #last: number | undefined;
  #firstEvent: NamedEvent | undefined;
  #alerted: { readonly time: number; readonly event: NamedEvent } | undefined;
  readonly #calls = new Map<string, number>();
  readonly #regions = new Map<string, number>();
  readonly #accounts = new Map<string, number>();
  readonly #actors = new Map<string, Map<keyof Outcomes, number>>();

  /** @param member that has ended, whether it got an alert of its own or not */
  add(member: Member): void {
    const when = parseTime(member.time);
    if (member.ending === "published") {
      const time = when ?? Number.POSITIVE_INFINITY;
      if (!this.#alerted || time < this.#alerted.time) this.#alerted = { time, event: eventOf(member) };
      return;
    }
    this.count++;
    if (member.ending === "rateLimited") this.rateLimited++;
    if (!this.#firstEvent || (when !== undefined && when < (this.#first ?? Number.POSITIVE_INFINITY))) {
      this.#firstEvent = eventOf(member);
    }
    if (when !== undefined) {
      this.#first = Math.min(this.#first ?? when, when);
      this.#last = Math.max(this.#last ?? when, when);
    }
    const { eventName, region, actor, outcome } = eventOf(member);
    increase(this.#calls, eventName);
    increase(this.#regions, region);
    if (member.account !== undefined) increase(this.#accounts, oneLine(member.account, NAME) || "unknown");
    const outcomes = this.#actors.get(actor) ?? new Map<keyof Outcomes, number>();
    this.#actors.set(actor, outcomes);
    increase(outcomes, outcome);
  }

  /** As CloudTrail writes it; `unknown` where no member says. */
  get firstTime(): string {
    return this.#first === undefined ? "unknown" : isoTime(this.#first);
  }

  get lastTime(): string {
    return this.#last === undefined ? "unknown" : isoTime(this.#last);
  }

  /** The earliest that got no alert of its own. */
  get firstEvent(): NamedEvent | undefined {
    return this.#firstEvent;
  }

  /** The event that the window's alert is about; undefined where there was none. */
  get alerted(): NamedEvent | undefined {
    return this.#alerted?.event;
  }

  /** The most frequent first. */
  get calls(): readonly Tallied[] {
    return ranked(this.#calls);
  }

  get regions(): readonly Tallied[] {
    return ranked(this.#regions);
  }

  /** Whose records they are: of a window one account, but for calls that two have records of. */
  get accounts(): readonly Tallied[] {
    return ranked(this.#accounts);
  }

  /** Those with the most calls that succeeded first, so that no number of attempts hides one. */
  get actors(): readonly TalliedActor[] {
    const actors = [...this.#actors].map(([name, outcomes]) => ({
      name,
      count: sum([...outcomes.values()]),
      outcomes: Object.fromEntries(outcomes) as Outcomes,
    }));
    return actors.sort(byActor);
  }

  get outcomes(): Outcomes {
    return addedOutcomes([...this.#actors.values()].map((outcomes) => ({ outcomes: Object.fromEntries(outcomes) })));
  }
}

function eventOf({ id, recordId, eventId, eventName, region, actor, outcome, category, incident }: Member): NamedEvent {
  return {
    id: recordId ?? eventId ?? id,
    eventName: oneLine(eventName, NAME) || "unknown",
    region: oneLine(region, NAME) || "unknown",
    actor: oneLine(actor ?? "", ACTOR_LENGTH) || NOT_RECORDED,
    outcome: outcome ?? "unknown",
    ...(category !== undefined && { category }),
    ...(incident !== undefined && { incident }),
  };
}

function increase<T>(counts: Map<T, number>, name: T): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function ranked(counts: ReadonlyMap<string, number>): readonly Tallied[] {
  return [...counts].map(([name, count]) => ({ name, count })).sort(byCount);
}

export function byCount(a: Tallied, b: Tallied): number {
  return b.count - a.count || (a.name < b.name ? -1 : 1);
}

export function byActor(a: TalliedActor, b: TalliedActor): number {
  return (b.outcomes.succeeded ?? 0) - (a.outcomes.succeeded ?? 0) || byCount(a, b);
}

/** The same name's counts together. */
export function added(tallied: readonly Tallied[]): readonly Tallied[] {
  const counts = new Map<string, number>();
  for (const { name, count } of tallied) counts.set(name, (counts.get(name) ?? 0) + count);
  return ranked(counts);
}

/** The same name's counts together. */
export function addedActors(actors: readonly TalliedActor[]): readonly TalliedActor[] {
  const byName = new Map<string, TalliedActor[]>();
  for (const actor of actors) {
    const same = byName.get(actor.name);
    if (same) same.push(actor);
    else byName.set(actor.name, [actor]);
  }
  return [...byName]
    .map(([name, same]) => ({ name, count: sum(same.map(({ count }) => count)), outcomes: addedOutcomes(same) }))
    .sort(byActor);
}

export function addedOutcomes(actors: readonly Pick<TalliedActor, "outcomes">[]): Outcomes {
  const counts = OUTCOMES.map(
    (outcome) => [outcome, sum(actors.map(({ outcomes }) => outcomes[outcome] ?? 0))] as const,
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** `2 succeeded, 1 denied`; what an earlier version has put down as `3 of unknown outcome`. */
export function outcomesInWords(outcomes: Outcomes): string {
  return OUTCOMES.filter((outcome) => outcomes[outcome])
    .map((outcome) => `${outcomes[outcome]} ${outcome === "unknown" ? "of unknown outcome" : outcome}`)
    .join(", ");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
