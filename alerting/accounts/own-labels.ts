import type { AccountPlace } from "../../detection/events/account-scope";
import type { Log } from "../log";
import type { Labels } from "../notices/labels";
import { errorFields } from "../processing-error";
import { type AccountDirectory, within } from "./account-directory";

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
 * The configuration's names of accounts; where it has none, those of AWS Organizations and, of the own account, its alias. For an
 * execution environment's life: a schedule asks and stores the answers, alerts read what is stored.
 */
export class OwnLabels {
  readonly #isNamed: boolean;
  #alias: string | undefined;
  #reading: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;
  #readAgainAt = Number.NEGATIVE_INFINITY;

  /**
   * @param configured the configuration's names
   * @param directory the organization's accounts; undefined where only one account is monitored
   */
  constructor(
    private readonly configured: Labels,
    private readonly account: string,
    private readonly ports: AliasPorts,
    private readonly directory?: AccountDirectory,
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

  /**
   * Never rejects: what can't be read in time has no name.
   *
   * @param accounts ids of the accounts that are spoken of; undefined: any
   */
  async labels(accounts?: readonly string[]): Promise<Labels> {
    this.begin();
    this.#waiting ??= within(LIMIT_MS, this.#reading);
    const { directory, configured } = this;
    await Promise.all([this.#waiting, accounts ? directory?.prepare(accounts) : directory?.prepareAll()]);
    const alias = this.#alias === undefined ? {} : { [this.account]: this.#alias };
    if (!directory) {
      return this.#alias === undefined
        ? configured
        : { ...configured, accountNames: { ...configured.accountNames, ...alias } };
    }
    const accountNames: Record<string, string> = alias;
    const places: Record<string, AccountPlace> = {};
    for (const id of accounts ?? directory.known()) {
      const { name, ...place } = directory.of(id) ?? {};
      if (name !== undefined) accountNames[id] = name;
      places[id] = place;
    }
    return {
      ...configured,
      accountNames: { ...accountNames, ...configured.accountNames },
      places,
      organization: directory.organization,
    };
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
