import type { Random } from "../../tools/random";
import type { Clock } from "../integration/clock/clock";
import type { Source } from "../integration/estate/estate";
import type { Worker } from "../integration/functions";
import type { Gateway } from "../integration/gateway/gateway";
import { unaccounted } from "./accounts";
import type { Arrival } from "./traffic";
import { VirtualQueues, type Waiting } from "./virtual-queues";
import type { WorkerPool } from "./worker-pool";

/** A process that hangs is killed, as by Lambda; so late that one on a slow machine is not. */
const TIMEOUT_MS = 600_000;
const MINUTE = 60_000;
/** Invocations in trouble after which trouble ends, should the queues never become empty. */
const MOST_TROUBLED = 250;
/** Invocations after which a run has not ended and never will. */
const MOST_INVOCATIONS = 1_500;

/** What happened in a run. */
export interface Ran {
  readonly invocations: number;
  readonly deaths: number;
  readonly redelivered: number;
  /** What did not add up in closing lines. */
  readonly unaccounted: readonly string[];
  /** What the function could not do, as it logged it. */
  readonly processingErrors: readonly string[];
}

export interface RunnerProps {
  readonly sources: Readonly<Record<Arrival["queue"], Source>>;
  readonly gateway: Gateway;
  readonly pool: WorkerPool;
  readonly clock: Clock;
  readonly random: Random;
  /** What the schedules send: the one that closes windows, and the one for the digest. */
  readonly closeWindows: string;
  readonly sendDigest: string;
}

/** Delivers messages to several processes at once until nothing is left, first with faults and then without. */
export class Runner {
  readonly #queues: VirtualQueues;
  readonly #running = new Set<Promise<void>>();
  readonly #unaccounted: string[] = [];
  readonly #processingErrors: string[] = [];
  #invocations = 0;
  #deaths = 0;

  constructor(private readonly props: RunnerProps) {
    this.#queues = new VirtualQueues(props.sources, props.random);
  }

  async run(arrivals: readonly Arrival[]): Promise<Ran> {
    const { random, clock, gateway } = this.props;
    for (const arrival of arrivals) this.#queues.send(arrival, random.chance(0.1) ? 2 : 1);
    // Windows close and the digest goes out amid the faults too.
    await this.#deliver(MOST_TROUBLED);
    await clock.advance(30 * MINUTE);
    this.#schedule(this.props.closeWindows);
    await this.#deliver(MOST_TROUBLED);
    await clock.advance(24 * 60 * MINUTE);
    this.#schedule(this.props.sendDigest, 2);
    await this.#deliver(MOST_TROUBLED);

    gateway.endFaults();
    await this.#deliver(MOST_INVOCATIONS);
    // The hour's limit lets some summaries out an hour at a time.
    for (let hour = 0; hour < 4; hour++) {
      await clock.advance(65 * MINUTE);
      this.#schedule(this.props.closeWindows);
      await this.#deliver(MOST_INVOCATIONS);
    }
    await clock.advance(24 * 60 * MINUTE);
    this.#schedule(this.props.sendDigest);
    await this.#deliver(MOST_INVOCATIONS);
    if (this.#queues.size > 0) this.#unaccounted.push(`${this.#queues.size} messages are never done with`);
    return {
      invocations: this.#invocations,
      deaths: this.#deaths,
      redelivered: this.#queues.redelivered,
      unaccounted: this.#unaccounted,
      processingErrors: this.#processingErrors,
    };
  }

  #schedule(body: string, copies = 1): void {
    this.#queues.send({ queue: "events", body, at: this.props.clock.now(), records: 0, processingErrors: 0 }, copies);
  }

  /** Until the queues are empty. */
  async #deliver(most: number): Promise<void> {
    const { clock, pool, random } = this.props;
    while (this.#invocations < most) {
      while (this.#running.size < pool.size) {
        const received = this.#queues.receive(clock.now());
        if (!received) break;
        const running = this.#invoke(received.source, received.batch).finally(() => this.#running.delete(running));
        this.#running.add(running);
      }
      if (this.#running.size > 0) {
        await Promise.race(this.#running);
        continue;
      }
      const { next } = this.#queues;
      if (next === undefined) break;
      const ahead = next - clock.now() + random.below(2 * MINUTE);
      await clock.advance(Math.max(0, ahead));
      if (ahead > 5 * MINUTE) this.#schedule(this.props.closeWindows);
    }
    await Promise.all(this.#running);
  }

  async #invoke(source: Source, batch: readonly Waiting[]): Promise<void> {
    this.#invocations++;
    await this.props.pool.use(async (worker: Worker) => {
      const timeout = setTimeout(() => worker.kill(), TIMEOUT_MS);
      const invocation = await worker.invoke(source.queueArn, batch);
      clearTimeout(timeout);
      this.#processingErrors.push(
        ...invocation.log.filter((line) => line.includes(" can't be ")).map((line) => `${worker.door}: ${line}`),
      );
      if (invocation.kind === "died") {
        this.#deaths++;
        return;
      }
      if (invocation.kind === "threw") {
        // Lambda lets the whole batch come again.
        this.#unaccounted.push(`the function threw: ${invocation.reason}`);
        return;
      }
      const settled = batch.filter(({ id }) => !invocation.failed.has(id));
      for (const message of settled) this.#queues.acknowledge(message);
      this.#unaccounted.push(
        ...unaccounted(invocation.log, {
          messages: batch.length,
          failed: batch.length - settled.length,
          records: sum(batch.map(({ arrival }) => arrival.records)),
          processingErrors: sum(batch.map(({ arrival }) => arrival.processingErrors)),
          settledRecords: sum(settled.map(({ arrival }) => arrival.records)),
        }),
      );
    });
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
