import type { Log } from "./log";
import type { Labels } from "./notices/labels";
import { errorFields } from "./processing-error";

/** Milliseconds that an alert waits for the alias at the most: it is a name, and the account's id says the same. */
const LIMIT_MS = 1_000;
/** Milliseconds after which the alias is read again where none is stored. The schedule that stores it runs as often. */
const REREAD_MS = 5 * 60_000;
/** Milliseconds after which IAM is asked again. */
const DAY_MS = 24 * 3_600_000;

/** What IAM has answered. */
export interface StoredAlias {
  /** Undefined where the account has none. */
  readonly alias?: string;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}

export interface AliasPorts {
  /** What is stored; undefined where nothing is. */
  readonly read: () => Promise<StoredAlias | undefined>;
  readonly write: (alias: StoredAlias) => Promise<void>;
  /** Asks IAM; undefined where the account has no alias. */
  readonly ask: () => Promise<string | undefined>;
  readonly now: () => number;
}

/**
 * The configuration's names of accounts and, where it has none of the own account, the account's alias. For an execution environment's
 * life: a schedule asks IAM and stores the alias, alerts read what is stored.
 */
export class OwnLabels {
  readonly #isNamed: boolean;
  #alias: string | undefined;
  #reading: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;
  #readAgainAt = Number.NEGATIVE_INFINITY;

  /** @param configured the configuration's names */
  constructor(
    private readonly configured: Labels,
    private readonly account: string,
    private readonly ports: AliasPorts,
  ) {
    this.#isNamed = Object.hasOwn(configured.accountNames, account);
  }

  /** Begins to read the alias where it isn't known: `labels` then has less to wait for. */
  begin(): void {
    const now = this.ports.now();
    if (this.#isNamed || now < this.#readAgainAt) return;
    this.#readAgainAt = now + REREAD_MS;
    this.#waiting = undefined;
    this.#reading = this.#read();
  }

  /** Never rejects: where the alias can't be read in time, the account has no name. */
  async labels(): Promise<Labels> {
    this.begin();
    this.#waiting ??= within(LIMIT_MS, this.#reading);
    await this.#waiting;
    if (this.#alias === undefined) return this.configured;
    return { ...this.configured, accountNames: { ...this.configured.accountNames, [this.account]: this.#alias } };
  }

  /**
   * Asks IAM for the alias and stores it, where it was not asked within a day. A failure counts as asked: what was stored stays. Never
   * rejects.
   */
  async renew(log: Log): Promise<void> {
    if (this.#isNamed) return;
    const { read, write, ask, now } = this.ports;
    try {
      const stored = await read();
      if (stored && now() - stored.askedAt < DAY_MS) return this.#know(stored);
      const askedAt = now();
      const alias = await ask().catch((error: unknown) => {
        log.info("account alias can't be read", errorFields(error));
        return stored?.alias;
      });
      const renewed = { askedAt, ...(alias !== undefined && { alias }) };
      this.#know(renewed);
      await write(renewed);
    } catch (error) {
      log.info("account alias can't be stored", errorFields(error));
    }
  }

  async #read(): Promise<void> {
    try {
      const stored = await this.ports.read();
      if (stored) this.#know(stored);
    } catch {
      // Denied, throttled or slow: alerts have the id.
    }
  }

  #know({ alias }: StoredAlias): void {
    this.#alias = alias;
    this.#readAgainAt = Number.POSITIVE_INFINITY;
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
