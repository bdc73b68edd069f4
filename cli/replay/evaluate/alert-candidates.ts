import type { Detection } from "../../../detection/definition/detection";
import { isSharedCall } from "../../../detection/events/event-id";
import type { KeptMatch } from "./match-store";
import type { Plan } from "./setup";

/** Matches of a window that are kept besides where another account's record of the same call may be the one that alerts. */
const SHARED = 100;

/**
 * Lets go of what an alert would say of a match as soon as it is certain that there is none: a window alerts of its first match, or of
 * the one with which enough have come together, and those that come to light later can only be put before it.
 */
export class AlertCandidates {
  /** The first matches of a window, in order. */
  readonly #first = new Map<string, KeptMatch[]>();

  constructor(
    private readonly plan: Plan,
    private readonly inOrder: (a: KeptMatch, b: KeptMatch) => number,
  ) {}

  add(match: KeptMatch): void {
    const detection = this.plan.asked[match.detection]?.detection as Detection;
    if (match.event === undefined || detection.tier === "digest") return;
    // What a setup suppresses opens no window there.
    const standing = match.suppressedBy.map((id) => (id === undefined ? "+" : "-")).join("");
    // What is critical is counted by session and outcome besides, and the first of all are among the first of these.
    const { id, callerId = id } = match.window;
    // Another account's record of the call may lead, in another window: no match is let go on the strength of one of these.
    const shared = isSharedCall(match.id);
    const key = `${match.detection} ${standing} ${shared} ${callerId}`;
    const first = this.#first.get(key);
    if (!first) {
      this.#first.set(key, [match]);
      return;
    }
    const same = first.findIndex(({ id }) => id === match.id);
    if (same >= 0) this.#drop(first, match, same);
    else {
      insert(first, match, this.inOrder);
      if (first.length > (detection.count?.threshold ?? 1) + (shared ? SHARED : 0)) letGo(first.pop());
    }
  }

  /** Of one event that came twice, the first stays. */
  #drop(first: KeptMatch[], match: KeptMatch, same: number): void {
    const before = first[same] as KeptMatch;
    if (this.inOrder(before, match) <= 0) {
      letGo(match);
      return;
    }
    letGo(before);
    first.splice(same, 1);
    insert(first, match, this.inOrder);
  }
}

function insert(first: KeptMatch[], match: KeptMatch, inOrder: (a: KeptMatch, b: KeptMatch) => number): void {
  const place = first.findIndex((each) => inOrder(match, each) < 0);
  first.splice(place < 0 ? first.length : place, 0, match);
}

function letGo(match: KeptMatch | undefined): void {
  if (match) match.event = undefined;
}
