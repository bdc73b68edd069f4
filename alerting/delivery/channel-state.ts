import type { Thread } from "../channels/channel";
import type { Acknowledgement } from "../incidents/incident";
import type { Notification } from "../notification/notification";
import type { Lease, Place } from "../windows/alert-state";

/** Where an incident's messages are in a channel; without `thread` where the channel has given none for its first message. */
export interface StoredThread {
  readonly thread?: Thread;
}

/** A critical alert that is to be acknowledged. */
export interface Unacknowledged {
  readonly incidentId: string;
  readonly title: string;
  /** Who, at its shortest. */
  readonly actor: string;
  /** When it happened, as CloudTrail writes it. */
  readonly time: string;
  /** When it was sent, in milliseconds since 1970. */
  readonly sentAt: number;
  /** For channels that it escalates to. */
  readonly notification: Notification;
}

/** `unacknowledged`: channels are asked; `acknowledged`: it is, and not every channel shows it yet. */
export type OpenState = "unacknowledged" | "acknowledged";

/**
 * What the channels have got, in the table of the alert state. Each method is one step that can be repeated safely: an invocation that
 * dies between two leaves nothing that the next try does not put right.
 */
export interface ChannelState {
  /** Takes a message for sending. `done`: the channel has it already. `busy`: another invocation is sending it, and its lease lives. */
  claim(place: Place, lease: Lease): Promise<"claimed" | "done" | "busy">;

  /** The channel has it. */
  confirm(place: Place): Promise<void>;

  /** Gives a claim back: the channel has not got it, and the next try need not wait. */
  release(place: Place, lease: Lease): Promise<void>;

  /** Whether the channel has it. */
  isConfirmed(place: Place): Promise<boolean>;

  /** @param windowId as in the places of the incident's messages in the channel */
  thread(windowId: string): Promise<StoredThread | undefined>;

  /** Takes it on to send the incident's first message. `busy`: another invocation does, and its lease lives. */
  leaseThread(windowId: string, lease: Lease): Promise<StoredThread | "leased" | "busy">;

  storeThread(windowId: string, stored: StoredThread): Promise<void>;

  /** Gives the lease back: no first message was sent. */
  releaseThread(windowId: string, lease: Lease): Promise<void>;

  /** Puts an alert down to be acknowledged, unless its incident has been before. */
  openUnacknowledged(alert: Unacknowledged): Promise<void>;

  /** Ids of the incidents in that state, the oldest first. */
  openIncidents(state: OpenState): AsyncIterable<string>;

  unacknowledged(incidentId: string): Promise<Unacknowledged | undefined>;

  /**
   * Puts down who has acknowledged the incident, unless another has before; if it waits for that, its state is `acknowledged` then.
   *
   * @param since an acknowledgement before that counts no more, in milliseconds since 1970
   * @returns who has: the first
   */
  acknowledge(incidentId: string, acknowledgement: Acknowledgement, since?: number): Promise<Acknowledgement>;

  acknowledgement(incidentId: string): Promise<Acknowledgement | undefined>;

  /** Nothing is left to do for the incident. */
  closeIncident(incidentId: string): Promise<void>;

  /** Whether anything was put down about the incident: by the alert function, or for one of the channels. */
  knowsIncident(incidentId: string, channelIds: readonly string[]): Promise<boolean>;
}

/** The key under which a channel's messages of one incident, or one notification without any, are kept. */
export function windowIdOf(channelId: string, incidentOrNotificationId: string): string {
  return `channel#${channelId}#${incidentOrNotificationId}`;
}
