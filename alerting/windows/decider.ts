import type { Detection } from "../../detection/definition/detection";
import type { EventEnvelope } from "../../detection/events/envelope";
import { categoryOutsideHistory } from "../../detection/events/event-history";
import { eventId, sha256 } from "../../detection/events/event-id";
import { textAt } from "../../detection/events/json";
import { outcomeOf } from "../../detection/events/outcome";
import { oneLine } from "../../detection/events/text";
import { ACTOR_LENGTH, type Lease, type Particulars, type Place, type SeenStore } from "./seen-store";
import { closingTime, type Window } from "./window";

/** Which way an event came: picked by an EventBridge rule, or read from a log file. */
export type Path = "event" | "log";

/** An event that a detection matches. */
export interface Match {
  readonly detection: Detection;
  readonly event: EventEnvelope;
  readonly path: Path;
}

/**
 * What becomes of a match:
 *
 * - `publish`: it is claimed; publish it, then confirm its place
 * - `published`: EventBridge has told the urgent topic itself
 * - `duplicate`: it has ended before
 * - `folded`: its window's summary tells of it; `opener` is the event whose alert that stands behind
 * - `counted`: its detection only counts, or not enough have come together, or that has been told
 * - `digested`: the daily digest tells of it
 * - `busy`: somebody else has claimed it and may yet fail, so it must come again
 */
export type Decision =
  | { readonly kind: "publish"; readonly place: Place; readonly window: Window }
  | { readonly kind: "folded" | "duplicate"; readonly opener?: string }
  | { readonly kind: "published" | "counted" | "digested" | "busy" };

/** Member of a window that is claimed for the alert of the window itself, not of one event; no event's id looks like it. */
export const WINDOW_ALERT = "~alert";

/** Decides on matches, one at a time, in the order in which they are handed over. */
export class Decider {
  readonly #openers = new Map<string, Promise<string>>();
  /** Counts that are full, and whether this invocation or an earlier one has alerted, or another is at it. */
  readonly #fullCounts = new Map<string, "counted" | "busy">();

  /** @param lease made anew for each step: who claims, until when, and what time it is */
  constructor(
    private readonly store: SeenStore,
    private readonly lease: () => Lease,
  ) {}

  /**
   * @param window of the match, see `windowOf`
   * @throws whatever the store throws; the match must then come again
   */
  async decide({ detection, event, path }: Match, window: Window): Promise<Decision> {
    if (detection.tier === "signal") return { kind: "counted" };
    if (window.kind === "count") return this.#count(window, detection.count?.threshold ?? 1, event);
    const id = eventId(event);
    const place = { windowId: window.id, member: id };
    const particulars = particularsOf(event, window);
    if (detection.route === "topic" && path === "event") {
      const first = await this.store.record(place, particulars, "published", this.lease());
      return { kind: first ? "published" : "duplicate" };
    }
    const opener = await this.#open(window, id);
    if (window.kind === "digest") {
      const first = await this.store.record(place, particulars, "digested", this.lease());
      return { kind: first ? "digested" : "duplicate" };
    }
    if (opener !== id) {
      const first = await this.store.record(place, particulars, "folded", this.lease());
      return { kind: first ? "folded" : "duplicate", opener };
    }
    return this.#claim(place, window, particulars, "duplicate");
  }

  /**
   * At most one write per event, and none once the window has alerted, or another invocation is at it.
   *
   * What is critical is counted once more, by session and outcome: where the window's alert named one caller, a caller that reaches
   * the threshold alone gets another, unless it was the one.
   */
  async #count(window: Window, threshold: number, event: EventEnvelope): Promise<Decision> {
    const all = await this.#fill(window.id, window, threshold, event);
    if (window.callerId === undefined) return all;
    const own = await this.#fill(window.callerId, window, threshold, event, all.kind === "publish");
    return own.kind === "counted" ? all : own;
  }

  /** @param told whether the event's alert is on its way already, so that there must be no other */
  async #fill(id: string, window: Window, threshold: number, event: EventEnvelope, told = false): Promise<Decision> {
    const full = this.#fullCounts.get(id);
    if (full) return { kind: full };
    const { size } = await this.store.addToSet(id, sha256(eventId(event)).slice(0, 16), threshold);
    if (size < threshold) return { kind: "counted" };
    const place = { windowId: id, member: WINDOW_ALERT };
    const particulars = { ...particularsOf(event, window), eventId: eventId(event) };
    if (told) await this.store.record(place, particulars, "published", this.lease());
    const decision: Decision = told ? { kind: "counted" } : await this.#claim(place, window, particulars, "counted");
    this.#fullCounts.set(id, decision.kind === "busy" ? "busy" : "counted");
    return decision;
  }

  async #claim(
    place: Place,
    window: Window,
    particulars: Particulars,
    done: "duplicate" | "counted",
  ): Promise<Decision> {
    const claim = await this.store.claim(place, particulars, this.lease());
    return claim === "claimed" ? { kind: "publish", place, window } : { kind: claim === "done" ? done : "busy" };
  }

  /** Once per window: an invocation ends long before the window could be closed. */
  #open(window: Window, id: string): Promise<string> {
    let opener = this.#openers.get(window.id);
    if (!opener) {
      opener = this.store.openWindow(window, id, closingTime(window, this.lease().now));
      this.#openers.set(window.id, opener);
      opener.catch(() => this.#openers.delete(window.id));
    }
    return opener;
  }
}

/** @param window of the event, which names its caller */
function particularsOf({ detail, region }: EventEnvelope, { actor }: Window): Particulars {
  const short = (text: string | undefined) => oneLine(text ?? "", 128) || "unknown";
  const category = categoryOutsideHistory(detail);
  return {
    eventName: short(detail.eventName),
    region: short(textAt(detail, "awsRegion") ?? region),
    time: short(textAt(detail, "eventTime")),
    actor: oneLine(actor, ACTOR_LENGTH) || "unknown",
    outcome: outcomeOf(detail).kind,
    ...(category !== undefined && { category: short(category) }),
  };
}
