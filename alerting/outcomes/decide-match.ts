import { sha256 } from "../../detection/events/event-id";
import { type AlertState, type Lease, type Particulars, type Place, WINDOW_ALERT } from "../windows/alert-state";
import { closingTime, type Window } from "../windows/window";
import type { AlertCandidate } from "./match";

/**
 * What the store says of one candidate, in the words of `Outcome`; besides:
 *
 * - `opener`: the event behind whose alert it is grouped
 * - `busy`: another invocation has claimed it and may yet fail, so it must come again
 */
export type Decision =
  | { readonly kind: "publish"; readonly place: Place }
  | { readonly kind: "grouped" | "duplicate"; readonly opener?: string }
  | { readonly kind: "published" | "counted" | "digested" }
  | { readonly kind: "busy" };

/** Decides on candidates, one at a time, by the steps of the store, see `docs/decisions/0013-nothing-lost-nothing-twice.md`. */
export class MatchDecider {
  readonly #openers = new Map<string, Promise<string>>();
  /** Counts that are full, and whether this invocation or an earlier one has alerted, or another is at it. */
  readonly #fullCounts = new Map<string, "counted" | "busy">();

  /** @param lease made anew for each step: who claims, until when, and what time it is */
  constructor(
    private readonly store: AlertState,
    private readonly lease: () => Lease,
  ) {}

  /** @throws whatever the store throws; the candidate must then come again */
  async decide(candidate: AlertCandidate): Promise<Decision> {
    const { detection, path, id, window, particulars } = candidate;
    if (detection.tier === "signal") return { kind: "counted" };
    if (window.kind === "count") return this.#count(candidate);
    const place = { windowId: window.id, member: id };
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
      const first = await this.store.record(place, particulars, "grouped", this.lease());
      return { kind: first ? "grouped" : "duplicate", opener };
    }
    return this.#claim(place, particulars, "duplicate");
  }

  /**
   * At most one write per event, and none once the window has alerted, or another invocation is at it.
   *
   * What is critical is counted once more, by session and outcome: where the window's alert named one caller, a caller that reaches
   * the threshold alone gets another, unless it was the one.
   */
  async #count(candidate: AlertCandidate): Promise<Decision> {
    const { id, callerId } = candidate.window;
    const all = await this.#fill(id, candidate);
    if (callerId === undefined) return all;
    const own = await this.#fill(callerId, candidate, all.kind === "publish");
    return own.kind === "counted" ? all : own;
  }

  /** @param alerted whether the event's alert is on its way already, so that there must be no other */
  async #fill(setId: string, { detection, id, particulars }: AlertCandidate, alerted = false): Promise<Decision> {
    const full = this.#fullCounts.get(setId);
    if (full) return { kind: full };
    const threshold = detection.count?.threshold ?? 1;
    const { size } = await this.store.addToSet(setId, sha256(id).slice(0, 16), threshold);
    if (size < threshold) return { kind: "counted" };
    const place = { windowId: setId, member: WINDOW_ALERT };
    const its = { ...particulars, eventId: id };
    if (alerted) await this.store.record(place, its, "published", this.lease());
    const decision: Decision = alerted ? { kind: "counted" } : await this.#claim(place, its, "counted");
    this.#fullCounts.set(setId, decision.kind === "busy" ? "busy" : "counted");
    return decision;
  }

  async #claim(place: Place, particulars: Particulars, done: "duplicate" | "counted"): Promise<Decision> {
    const claim = await this.store.claim(place, particulars, this.lease());
    return claim === "claimed" ? { kind: "publish", place } : { kind: claim === "done" ? done : "busy" };
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
