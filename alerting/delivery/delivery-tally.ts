/** How the delivery of one message to one channel can end. */
export interface ChannelCounts {
  sent: number;
  /** The channel had it already. */
  duplicates: number;
  /** Comes again within seconds: for its turn in a thread, for another invocation, or for time. */
  waiting: number;
  refused: number;
  unavailable: number;
  /** The state could not be read or written. */
  failed: number;
}

/** What one invocation of the notifier did, for its closing log line. `messages.received` = handled + retried + deadLettered. */
export class DeliveryTally {
  readonly messages = { received: 0, handled: 0, retried: 0, deadLettered: 0 };
  readonly incidents = { acknowledged: 0, escalated: 0 };
  readonly #channels = new Map<string, ChannelCounts>();

  count(channelId: string, outcome: keyof ChannelCounts): void {
    const counts = this.#channels.get(channelId) ?? {
      sent: 0,
      duplicates: 0,
      waiting: 0,
      refused: 0,
      unavailable: 0,
      failed: 0,
    };
    counts[outcome]++;
    this.#channels.set(channelId, counts);
  }

  get channels(): Readonly<Record<string, Readonly<ChannelCounts>>> {
    return Object.fromEntries(this.#channels);
  }
}
