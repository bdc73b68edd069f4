import { Worker, type WorkerProps } from "../integration/functions";

/** Processes of the function, so many at once. One that has died is replaced by one that waits already. */
export class WorkerPool {
  readonly #slots: (Worker | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #waiting: ((slot: number) => void)[] = [];
  #spare: Promise<Worker> | undefined;
  #started = 0;

  private constructor(
    private readonly props: WorkerProps,
    readonly size: number,
  ) {}

  static async start(size: number, props: WorkerProps): Promise<WorkerPool> {
    const pool = new WorkerPool(props, size);
    for (let slot = 0; slot < size; slot++) {
      await pool.#fill(slot);
      pool.#free.push(slot);
    }
    return pool;
  }

  /** Does something with a process that is idle; there must be one. */
  async use(work: (worker: Worker) => Promise<void>): Promise<void> {
    const slot = this.#free.shift() ?? (await new Promise<number>((resolve) => this.#waiting.push(resolve)));
    try {
      const worker = this.#slots[slot];
      if (!worker || worker.ended) await this.#fill(slot);
      await work(this.#slots[slot] as Worker);
      if (this.#slots[slot]?.ended) await this.#fill(slot);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(slot);
      else this.#free.push(slot);
    }
  }

  kill(door: string): void {
    this.#slots.find((worker) => worker?.door === door)?.kill();
  }

  async stop(): Promise<void> {
    for (const worker of this.#slots) worker?.stop();
    await this.#spare?.then(
      (worker) => worker.stop(),
      () => {},
    );
  }

  async #fill(slot: number): Promise<void> {
    const dead = this.#slots[slot];
    if (dead) {
      this.props.gateway.publishes.killed(dead.door);
      dead.stop();
    }
    const worker = await (this.#spare ?? this.#startOne());
    this.#spare = this.#startOne();
    // Whoever needs it hears of it.
    this.#spare.catch(() => {});
    this.#slots[slot] = worker;
    this.props.gateway.label(worker.door, `slot ${slot}`);
  }

  #startOne(): Promise<Worker> {
    return Worker.start(`process ${this.#started++}`, this.props);
  }
}
