/** The account that sent a log file, and when its newest was made. */
export interface Sender {
  readonly account: string;
  /** Region of that log file. */
  readonly region: string;
  /** Milliseconds since 1970, in CloudTrail's time: when the newest log file was made. */
  readonly at: number;
}

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

  /** The newest log file of each account that has sent one. */
  senders(): AsyncIterable<Sender>;
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
