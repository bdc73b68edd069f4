/** The account that sent a log file, and when its newest was made. */
export interface Sender {
  readonly account: string;
  /** Region of that log file. */
  readonly region: string;
  /** Milliseconds since 1970, in CloudTrail's time: when the newest log file was made. */
  readonly at: number;
}

/** What is remembered of the log files that an account has sent. */
export interface KnownSender extends Sender {
  /** Milliseconds since 1970: since when no two of its log files are more than `MOST_BETWEEN_MS` apart. */
  readonly steadySince: number;
  /** Milliseconds since 1970: when the first that was noted was made. */
  readonly first: number;
}

/** Milliseconds that may lie between two log files of an account that is used daily. */
export const MOST_BETWEEN_MS = 24 * 3_600_000;

/** What is remembered of where events and log files come from, shared by every invocation of the function. */
export interface ReachState {
  /**
   * Since when the rules and forwarders are as they are now, in milliseconds since 1970; now, where that is not known yet.
   *
   * @throws whatever the store throws
   */
  watchedSince(now: number): Promise<number>;

  /**
   * Notes that the account has sent a log file. An older one than the newest changes nothing.
   *
   * @param now milliseconds since 1970
   * @throws whatever the store throws
   */
  sent(sender: Sender, now: number): Promise<void>;

  /** Each account that has sent a log file. */
  senders(): AsyncIterable<KnownSender>;
}

/** An account that is known to be, or to have been, a member of the organization. */
export interface KnownMember {
  readonly id: string;
  /** `removed`: closed, suspended, or no longer a member: it sends nothing. */
  readonly status: "active" | "removed";
  /** Milliseconds since 1970; undefined where it is not known. */
  readonly joinedAt?: number;
}

/** What the function watches beyond its home region and its own account. */
export interface Reach {
  /** Regions whose events come by EventBridge, the home region included. */
  readonly regions: ReadonlySet<string>;
  /** Whether accounts of an organization send their log files. */
  readonly organization: boolean;
  readonly state: ReachState;
  /** The organization's accounts; undefined where they can't be listed. */
  readonly knownMembers?: () => Promise<readonly KnownMember[]>;
}
