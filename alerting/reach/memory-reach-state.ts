import { type KnownSender, MOST_BETWEEN_MS, type ReachState, type Sender } from "./reach-state";

/** For as long as the process lives: for tests. */
export class MemoryReachState implements ReachState {
  readonly #senders = new Map<string, KnownSender>();

  /** @param since when rules and forwarders became what they are; undefined where nothing is known */
  constructor(private since?: number) {}

  async watchedSince(now: number): Promise<number> {
    this.since ??= now;
    return this.since;
  }

  async sent(sender: Sender): Promise<void> {
    const before = this.#senders.get(sender.account);
    if (before && before.at >= sender.at) return;
    const isSteady = before !== undefined && sender.at - before.at <= MOST_BETWEEN_MS;
    this.#senders.set(sender.account, {
      ...sender,
      steadySince: isSteady ? before.steadySince : sender.at,
      first: before?.first ?? sender.at,
    });
  }

  async *senders(): AsyncIterable<KnownSender> {
    yield* this.#senders.values();
  }
}
