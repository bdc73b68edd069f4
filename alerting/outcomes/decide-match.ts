import { isSharedCall, sha256 } from "../../detection/events/event-id";
import {
  type AlertState,
  type Claim,
  type Lease,
  type Place,
  type Standing,
  WINDOW_ALERT,
  type WindowIds,
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
  /** By set: a count is filled by one candidate after the other. */
  readonly #fillings = new Map<string, Promise<unknown>>();
  /** By detection and call, of calls that several accounts have records of. */
  readonly #windowsOfCalls = new Map<string, Promise<WindowIds>>();
  /** Detection and call of candidates that another record's window has. */
  readonly #elsewhere = new Set<string>();

  /** @param lease made anew for each step: who claims, until when, and what time it is */
  constructor(
    private readonly store: AlertState,
    private readonly lease: () => Lease,
  ) {}

  /** @throws whatever the store throws; the candidate must then come again */
  async decide(candidate: AlertCandidate): Promise<Decision> {
    const { detection, id, particulars } = candidate;
    if (detection.tier === "signal") return { kind: "counted" };
    const window = await this.#windowOf(candidate);
    if (window.kind === "count") return this.#count(candidate, window);
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
   * What has become of a candidate in any invocation: `alerted` when an alert of its call is out, `busy` when another is at it. Takes
   * nothing.
   *
   * @throws whatever the store throws
   */
  async standing(candidate: AlertCandidate): Promise<"alerted" | "busy" | "none"> {
    const { id } = candidate;
    const window = await this.#windowOf(candidate);
    const member = window.kind === "count" ? WINDOW_ALERT : id;
    const windows =
      window.kind === "count" && window.callerId !== undefined ? [window.id, window.callerId] : [window.id];
    const found = await Promise.all(windows.map((windowId) => this.store.look({ windowId, member }, this.lease())));
    if (found.some((standing) => alertedOfBy(standing) === id)) return "alerted";
    return found.some((standing) => standing.status === "busy" && standing.eventId === id) ? "busy" : "none";
  }

  /** Whether the candidate, which was decided on, belongs to the window of another account's record of the same call. */
  isElsewhere(candidate: AlertCandidate): boolean {
    return this.#elsewhere.has(callOf(candidate));
  }

  /** The candidate's window or, of a call that several accounts have records of, the window of the record that came first. */
  async #windowOf(candidate: AlertCandidate): Promise<Window> {
    const { id, window } = candidate;
    const sets = [window.id, ...(window.callerId === undefined ? [] : [window.callerId])];
    // A count that is full takes no more, whoever came first.
    if (!isSharedCall(id) || sets.every((setId) => this.#fullCounts.has(setId))) return window;
    const call = callOf(candidate);
    let ids = this.#windowsOfCalls.get(call);
    if (!ids) {
      const { id: own, callerId } = window;
      ids = this.store.windowOfCall(call, { id: own, ...(callerId !== undefined && { callerId }) });
      this.#windowsOfCalls.set(call, ids);
      ids.catch(() => this.#windowsOfCalls.delete(call));
    }
    const its = await ids;
    if (its.id !== window.id) this.#elsewhere.add(call);
    return { ...window, ...its };
  }

  /**
   * At most one write per event, and none once the window has alerted, or another invocation is at it.
   *
   * What is critical is counted once more, by session and outcome: where the window's alert named one caller, a caller that reaches
   * the threshold alone gets another, unless it was the one.
   */
  async #count(candidate: AlertCandidate, { id, callerId }: WindowIds): Promise<Decision> {
    const all = await this.#fill(id, candidate);
    // Another invocation that is at the window's alert may alert of this event: which of the two, the next try sees.
    if (callerId === undefined || all.kind === "busy") return all;
    const own = await this.#fill(callerId, candidate, all.kind === "publish");
    return own.kind === "counted" && !own.alerted ? all : own;
  }

  /** Two windows' sequences meet in one count where records of other accounts came first: each waits for the one before. */
  #fill(setId: string, candidate: AlertCandidate, alerted = false): Promise<Decision> {
    const before = this.#fillings.get(setId) ?? Promise.resolve();
    const filling = before.catch(() => {}).then(() => this.#fillNext(setId, candidate, alerted));
    this.#fillings.set(setId, filling);
    return filling;
  }

  /** @param alerted whether the event's alert is on its way already, so that there must be no other */
  async #fillNext(setId: string, { detection, id, particulars }: AlertCandidate, alerted: boolean): Promise<Decision> {
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

function callOf({ detection, id }: AlertCandidate): string {
  return `${detection.id}#${id}`;
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
