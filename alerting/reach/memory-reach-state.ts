import type { ReachState, Sender } from "./reach-state";

/** For as long as the process lives: for tests. */
export class MemoryReachState implements ReachState {
  readonly #senders = new Map<string, Sender>();

  /** @param since when rules and forwarders became what they are; undefined where nothing is known */
  constructor(private since?: number) {}

  async watchedSince(now: number): Promise<number> {
    this.since ??= now;
    return this.since;
  }

  async sent(sender: Sender): Promise<void> {
    const before = this.#senders.get(sender.account);
    if (!before || before.at < sender.at) this.#senders.set(sender.account, sender);
  }

  async *senders(): AsyncIterable<Sender> {
    yield* this.#senders.values();
  }
}
