import type { KnownAccount } from "./known-account";

/** Milliseconds that alerts wait for names at the most: the accounts' ids say the same. */
const LIMIT_MS = 1_000;
/** The same for all accounts at once, which summaries and digests need. */
const ALL_LIMIT_MS = 10_000;
/** Milliseconds after which what was read is read again. */
const REREAD_MS = 10 * 60_000;
/** Milliseconds after which a read that has failed is tried again. */
const RETRY_MS = 60_000;
/** Accounts that are kept in memory: twice what the largest organizations have. */
const MAX_KEPT = 20_000;

export interface DirectoryPorts {
  /** One stored account; undefined where there is none. */
  readonly read: (account: string) => Promise<KnownAccount | undefined>;
  /** All of them. */
  readonly all: () => AsyncIterable<readonly [id: string, account: KnownAccount]>;
  readonly now: () => number;
}

interface Kept {
  readonly account: KnownAccount | undefined;
  readonly readAgainAt: number;
}

/** The organization's accounts as they are stored, for an execution environment's life. Reads one when it is first needed. */
export class AccountDirectory {
  readonly #kept = new Map<string, Kept>();
  readonly #reading = new Map<string, Promise<void>>();
  #allAgainAt = Number.NEGATIVE_INFINITY;
  #readingAll: Promise<void> | undefined;

  /** @param organization its id */
  constructor(
    readonly organization: string,
    private readonly ports: DirectoryPorts,
  ) {}

  /** What was read of the account; undefined where it is not known. */
  of(account: string): KnownAccount | undefined {
    return this.#kept.get(account)?.account;
  }

  /** Ids of all accounts that were read. */
  known(): readonly string[] {
    return [...this.#kept].flatMap(([id, { account }]) => (account ? [id] : []));
  }

  /** Reads the accounts that were not read of late. Never rejects: what can't be read in time stays as it was. */
  async prepare(accounts: readonly string[]): Promise<void> {
    const now = this.ports.now();
    const missing = [...new Set(accounts)].filter((id) => {
      const kept = this.#kept.get(id);
      return /^\d{12}$/.test(id) && (!kept || now >= kept.readAgainAt);
    });
    if (missing.length === 0) return;
    await within(LIMIT_MS, Promise.all(missing.map((id) => this.#read(id))));
  }

  /** Reads all accounts, where that was not done of late. Never rejects. */
  async prepareAll(): Promise<void> {
    if (this.ports.now() < this.#allAgainAt) return;
    this.#readingAll ??= this.#readAll().finally(() => {
      this.#readingAll = undefined;
    });
    await within(ALL_LIMIT_MS, this.#readingAll);
  }

  #read(id: string): Promise<void> {
    const reading = this.#reading.get(id) ?? this.#readOne(id).finally(() => this.#reading.delete(id));
    this.#reading.set(id, reading);
    return reading;
  }

  async #readOne(id: string): Promise<void> {
    try {
      this.#keep(id, await this.ports.read(id), REREAD_MS);
    } catch {
      // Denied, throttled or slow: alerts have the id.
      this.#keep(id, this.of(id), RETRY_MS);
    }
  }

  async #readAll(): Promise<void> {
    try {
      for await (const [id, account] of this.ports.all()) this.#keep(id, account, REREAD_MS);
      this.#allAgainAt = this.ports.now() + REREAD_MS;
    } catch {
      this.#allAgainAt = this.ports.now() + RETRY_MS;
    }
  }

  #keep(id: string, account: KnownAccount | undefined, milliseconds: number): void {
    // Ids come from records too, and anybody's records may name any.
    if (this.#kept.size >= MAX_KEPT && !this.#kept.has(id)) this.#kept.clear();
    this.#kept.set(id, { account, readAgainAt: this.ports.now() + milliseconds });
  }
}

/** Waits for work that never rejects, but not for longer than given. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
