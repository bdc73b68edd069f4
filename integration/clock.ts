/** The time that the functions read: it goes on like ours, and can be moved. */
export class Clock {
  #offset: number;
  readonly #followers = new Set<(offset: number) => void>();

  constructor(start: number) {
    this.#offset = start - Date.now();
  }

  now(): number {
    return Date.now() + this.#offset;
  }

  /** Tells the follower now and whenever the clock is moved. */
  follow(follower: (offset: number) => void): () => void {
    this.#followers.add(follower);
    follower(this.#offset);
    return () => this.#followers.delete(follower);
  }

  advance(ms: number): void {
    this.#offset += ms;
    for (const follower of this.#followers) follower(this.#offset);
  }

  set(time: number): void {
    this.advance(time - this.now());
  }
}
