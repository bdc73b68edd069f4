/** How an account belongs to the organization. */
export interface Membership {
  /** When it joined, in milliseconds since 1970. */
  readonly joinedAt?: number;
  /** It is closed, or will be: it is a member for 90 days more. */
  readonly closed?: true;
}

/** An account as AWS Organizations lists it. */
export interface ListedAccount extends Membership {
  readonly id: string;
  readonly name: string;
}
