/**
 * The time that the functions read. It stands still, so that how fast this machine is decides nothing, and moves only while
 * nothing is under way: a lease would run out under an invocation that lives.
 */
export class Clock {
  #time: number;
  readonly #followers = new Set<(time: number) => void>();
  readonly #underWay = new Set<Promise<unknown>>();
  #moving: Promise<void> | undefined;

  /** @param start milliseconds since 1970 */
  constructor(start: number) {
    this.#time = start;
  }

  now(): number {
    return this.#time;
  }

  /** Calls the follower now and whenever the clock is moved. */
  follow(follower: (time: number) => void): () => void {
    this.#followers.add(follower);
    follower(this.#time);
    return () => this.#followers.delete(follower);
  }

  /** Begins something when the clock isn't about to move; until it has ended, the clock stands still. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    while (this.#moving) await this.#moving;
    return this.hold(work());
  }

  /** Keeps the clock from moving until something that is part of what is under way has ended. */
  hold<T>(work: Promise<T>): Promise<T> {
    const ended = work.then(
      () => {},
      () => {},
    );
    this.#underWay.add(ended);
    ended.then(() => this.#underWay.delete(ended));
    return work;
  }

  /** Waits until nothing is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async advance(ms: number): Promise<void> {
    await this.#move(() => this.#time + ms);
  }

  async set(time: number): Promise<void> {
    await this.#move(() => time);
  }

  /** Moves are made in the order in which they are asked for; what is begun after one was asked for waits for it. */
  async #move(target: () => number): Promise<void> {
    const before = this.#moving;
    const move = (async () => {
      await before;
      await this.idle();
      this.#time = target();
      for (const follower of this.#followers) follower(this.#time);
    })();
    this.#moving = move;
    await move;
    if (this.#moving === move) this.#moving = undefined;
  }
}
