import type { Random } from "../../tools/random";
import type { Source } from "../integration/estate/estate";
import type { QueuedMessage } from "../integration/functions";
import type { Arrival } from "./traffic";

/** A message in one of the queues. */
export interface Waiting extends QueuedMessage {
  readonly arrival: Arrival;
  receives: number;
  /** When it can be received, milliseconds since 1970. */
  visibleAt: number;
}

/** Both work queues in virtual time: what is not acknowledged comes again after the visibility timeout. */
export class VirtualQueues {
  readonly #waiting = new Set<Waiting>();
  #sent = 0;
  #redelivered = 0;

  constructor(
    private readonly sources: Readonly<Record<Arrival["queue"], Source>>,
    private readonly random: Random,
  ) {}

  /** Messages that were received more than once, or of which there were two copies. */
  get redelivered(): number {
    return this.#redelivered;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** @param copies how many there are of it: SQS may deliver one twice, and at the same time */
  send(arrival: Arrival, copies = 1): void {
    const id = `m${this.#sent++}`;
    this.#redelivered += copies - 1;
    for (let copy = 0; copy < copies; copy++) {
      this.#waiting.add({ id, arrival, body: arrival.body, receives: 0, visibleAt: arrival.at });
    }
  }

  /** When the next message can be received. */
  get next(): number | undefined {
    let next: number | undefined;
    for (const { visibleAt } of this.#waiting) if (next === undefined || visibleAt < next) next = visibleAt;
    return next;
  }

  /** Some of one queue's visible messages, in any order; they are hidden from now on. */
  receive(now: number): { readonly source: Source; readonly batch: readonly Waiting[] } | undefined {
    const visible = this.random.shuffle([...this.#waiting].filter(({ visibleAt }) => visibleAt <= now));
    const [first] = visible;
    if (!first) return undefined;
    const source = this.sources[first.arrival.queue];
    const ids = new Set<string>();
    const batch: Waiting[] = [];
    for (const message of visible.filter(({ arrival }) => arrival.queue === first.arrival.queue)) {
      // Two copies of a message never come in one batch.
      if (batch.length === source.batchSize || ids.has(message.id)) continue;
      ids.add(message.id);
      batch.push(message);
    }
    for (const message of batch) {
      if (message.receives > 0) this.#redelivered++;
      message.receives++;
      message.visibleAt = now + source.visibilityMs;
    }
    return { source, batch };
  }

  acknowledge(message: Waiting): void {
    this.#waiting.delete(message);
  }
}
