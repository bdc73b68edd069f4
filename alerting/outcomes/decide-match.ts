import { sha256 } from "../../detection/events/event-id";
import {
  type AlertState,
  type Claim,
  type Lease,
  type Place,
  type Standing,
  WINDOW_ALERT,
} from "../windows/alert-state";
import { closingTime, type Window } from "../windows/window";
import type { AlertCandidate } from "./match";

/**
 * What the store says of one candidate, in the words of `Outcome`; besides:
 *
 * - `opener`: the event behind whose alert it is grouped
 * - `alerted`: an alert of this very event is out
 * - `busy`: another invocation has claimed it and may yet fail, so it must come again
 */
export type Decision =
  | { readonly kind: "publish"; readonly place: Place }
  | { readonly kind: "grouped"; readonly opener: string }
  | { readonly kind: "duplicate" | "counted"; readonly opener?: string; readonly alerted?: boolean }
  | { readonly kind: "digested" }
  | { readonly kind: "busy" };

/** A count that is full. */
interface FullCount {
  /** Whether this invocation or an earlier one has alerted, or another is at it. */
  readonly kind: "counted" | "busy";
  /** The event that the alert of an earlier one names. */
  readonly alertedOf?: string;
}

/** Decides on candidates, one at a time, by the steps of the store, see `docs/decisions/0013-nothing-lost-nothing-twice.md`. */
export class MatchDecider {
  readonly #openers = new Map<string, Promise<string>>();
  readonly #fullCounts = new Map<string, FullCount>();

  /** @param lease made anew for each step: who claims, until when, and what time it is */
  constructor(
    private readonly store: AlertState,
    private readonly lease: () => Lease,
  ) {}

  /** @throws whatever the store throws; the candidate must then come again */
  async decide(candidate: AlertCandidate): Promise<Decision> {
    const { detection, id, window, particulars } = candidate;
    if (detection.tier === "signal") return { kind: "counted" };
    if (window.kind === "count") return this.#count(candidate);
    const place = { windowId: window.id, member: id };
    const opener = await this.#open(window, id);
    if (window.kind === "digest") {
      const first = await this.store.record(place, particulars, "digested", this.lease());
      return { kind: first ? "digested" : "duplicate" };
    }
    if (opener !== id) {
      const first = await this.store.record(place, particulars, "grouped", this.lease());
      return { kind: first ? "grouped" : "duplicate", opener };
    }
    return decisionOn(await this.store.claim(place, particulars, this.lease()), place, id, "duplicate");
  }

  /**
   * What has become of a candidate in any invocation: `alerted` when an alert of its event is out, `busy` when another is at it. Reads
   * only.
   *
   * @throws whatever the store throws
   */
  async standing({ window, id }: AlertCandidate): Promise<"alerted" | "busy" | "none"> {
    const member = window.kind === "count" ? WINDOW_ALERT : id;
    const windows =
      window.kind === "count" && window.callerId !== undefined ? [window.id, window.callerId] : [window.id];
    const found = await Promise.all(windows.map((windowId) => this.store.look({ windowId, member }, this.lease())));
    if (found.some((standing) => alertedOfBy(standing) === id)) return "alerted";
    return found.some((standing) => standing.status === "busy" && standing.eventId === id) ? "busy" : "none";
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
    // Another invocation that is at the window's alert may alert of this event: which of the two, the next try sees.
    if (callerId === undefined || all.kind === "busy") return all;
    const own = await this.#fill(callerId, candidate, all.kind === "publish");
    return own.kind === "counted" && !own.alerted ? all : own;
  }

  /** @param alerted whether the event's alert is on its way already, so that there must be no other */
  async #fill(setId: string, { detection, id, particulars }: AlertCandidate, alerted = false): Promise<Decision> {
    const full = this.#fullCounts.get(setId);
    if (full) return full.kind === "busy" ? { kind: "busy" } : { kind: "counted", alerted: full.alertedOf === id };
    const threshold = detection.count?.threshold ?? 1;
    const { size } = await this.store.addToSet(setId, sha256(id).slice(0, 16), threshold);
    if (size < threshold) return { kind: "counted" };
    const place = { windowId: setId, member: WINDOW_ALERT };
    const its = { ...particulars, eventId: id };
    if (alerted) {
      await this.store.record(place, its, "published", this.lease());
      this.#fullCounts.set(setId, { kind: "counted" });
      return { kind: "counted" };
    }
    const claim = await this.store.claim(place, its, this.lease());
    const alertedOf = alertedOfBy(claim);
    this.#fullCounts.set(setId, {
      kind: claim.status === "busy" ? "busy" : "counted",
      ...(alertedOf !== undefined && { alertedOf }),
    });
    return decisionOn(claim, place, id, "counted");
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

/** @param done what the candidate is, where the match has ended already */
function decisionOn(claim: Claim, place: Place, event: string, done: "duplicate" | "counted"): Decision {
  if (claim.status === "claimed") return { kind: "publish", place };
  if (claim.status === "busy") return { kind: "busy" };
  return { kind: done, alerted: alertedOfBy(claim) === event };
}

/** The event that an alert is out of, if one is. */
function alertedOfBy(standing: Claim | Standing): string | undefined {
  return standing.status === "done" && standing.ending === "published" ? standing.eventId : undefined;
}
