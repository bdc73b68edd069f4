import type { OutcomeKind } from "../../detection/events/outcome";
import type { Window, WindowKind } from "./window";

/** How a match ended that needs nothing more. */
export type Ending = "published" | "grouped" | "digested" | "rateLimited";

/** One match in a window, or (`~alert`) the alert of the window itself. */
export interface Place {
  readonly windowId: string;
  /** The call's id, or `~alert`. */
  readonly member: string;
}

/** Member of a window that is claimed for the alert of the window itself, not of one event; no event's id looks like it. */
export const WINDOW_ALERT = "~alert";

/** What a summary tells of a match. */
export interface Particulars {
  /** As people look the record up, see `eventId`. Absent of what is no event. */
  readonly recordId?: string;
  /** Whose record it is. Absent wherever `recordId` is. */
  readonly account?: string;
  readonly eventName: string;
  readonly region: string;
  /** As CloudTrail writes it. */
  readonly time: string;
  /** Who, in words of at most `ACTOR_LENGTH`. Absent from what an earlier version has put down. */
  readonly actor?: string;
  /** Absent wherever `actor` is. */
  readonly outcome?: OutcomeKind;
  /** The call's id, where the place's member is `~alert`. */
  readonly eventId?: string;
  /** The event's category, where CloudTrail's event history doesn't hold it. */
  readonly category?: string;
}

/** Characters of an actor that a member keeps: a role's name and a session's name, each as long as they may be, and the account. */
export const ACTOR_LENGTH = 200;

export interface Member extends Particulars {
  /** As in its place: the call's id, or `~alert`. */
  readonly id: string;
  /** Absent while the match is claimed and not yet published. */
  readonly ending?: Ending;
  /** Id of the incident of what was published. */
  readonly incident?: string;
}

/** See `Window`. */
export type WindowIds = Pick<Window, "id" | "callerId">;

/** A window with a lease to close it. */
export interface ClosingWindow extends Window {
  readonly closesAt: number;
  /** How many members summaries have reported. */
  readonly reported: number;
}

/** What is at a place. `eventId`: id of the call whose match it is, or that the window's alert names. */
export type Standing =
  /** Nothing, a claim of one's own, or one whose lease is over. */
  | { readonly status: "free" }
  /** Another invocation holds it, and its lease lives. */
  | { readonly status: "busy"; readonly eventId: string }
  | { readonly status: "done"; readonly eventId: string; readonly ending: Ending };

/** What came of a claim. */
export type Claim = { readonly status: "claimed" } | Exclude<Standing, { readonly status: "free" }>;

/** Who claims, until when, and what time it is for them: milliseconds since 1970. */
export interface Lease {
  readonly owner: string;
  readonly now: number;
  readonly until: number;
}

/**
 * What has been seen: claims, windows and counts, shared by every invocation of the function on either path.
 *
 * Each method is one step that can be repeated safely: an invocation that dies between two leaves nothing that the next try, by the
 * same or another, does not put right (`docs/decisions/0013-nothing-lost-nothing-twice.md`).
 */
export interface AlertState {
  /**
   * Which window the matches of a call belong to that several accounts have records of: the window of the record that was first to ask.
   * The others would fall into other windows, and there alert of the same call again.
   *
   * @param call detection and call
   * @param own of the record that asks
   */
  windowOfCall(call: string, own: WindowIds): Promise<WindowIds>;

  /**
   * Opens a window, or keeps it open.
   *
   * @param opener id of the event that would open it
   * @returns id of the event that did
   */
  openWindow(window: Window, opener: string, closesAt: number): Promise<string>;

  /** Takes a match for publishing. */
  claim(place: Place, particulars: Particulars, lease: Lease): Promise<Claim>;

  /** Writes nothing. */
  look(place: Place, lease: Lease): Promise<Standing>;

  /**
   * Ends a claimed match.
   *
   * @param incidentId of the incident that its alert belongs to
   */
  confirm(place: Place, ending: Ending, incidentId?: string): Promise<void>;

  /**
   * Puts down a match that needs no publishing.
   *
   * @returns false when it was there already
   */
  record(place: Place, particulars: Particulars, ending: Ending, lease: Lease): Promise<boolean>;

  /**
   * Adds to a set that never grows beyond the limit.
   *
   * @returns whether the set holds it, and how many the set holds
   */
  addToSet(setId: string, member: string, limit: number): Promise<{ readonly held: boolean; readonly size: number }>;

  /** Ids of the windows that are due to be closed, the longest due first. */
  dueWindows(kind: WindowKind, now: number): AsyncIterable<string>;

  /** Undefined when it is not due, or another invocation is closing it. */
  leaseClosing(windowId: string, lease: Lease): Promise<ClosingWindow | undefined>;

  members(windowId: string): AsyncIterable<Member>;

  /**
   * Gives the lease back. The window closes, unless something was put into it meanwhile.
   *
   * @param reported how many members have been reported by now
   */
  close(window: ClosingWindow, reported: number): Promise<void>;

  /** Gives the lease back; the window is due again at `closesAt`, unless something was put into it meanwhile. */
  postpone(window: ClosingWindow, closesAt: number): Promise<void>;
}
