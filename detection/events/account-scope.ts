import type { EventEnvelope } from "./envelope";
import { textAt } from "./json";

/** Which accounts something is for: all that is given must hold. */
export interface AccountScope {
  /** Account ids. */
  readonly accounts?: readonly string[] | undefined;
  /** Ids of organizational units or roots: the account is in one of them, or below it. */
  readonly organizationalUnits?: readonly string[] | undefined;
  /** Values by the keys of tags: the account has each of them. */
  readonly accountTags?: Readonly<Record<string, string>> | undefined;
}

/** What AWS Organizations says of an account, as far as it is known. */
export interface AccountPlace {
  /** Ids from the root down to the unit that the account is in. */
  readonly organizationalUnits?: readonly string[] | undefined;
  /** Of the tags, those whose keys the configuration names. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Where the call was made: the account of an alert. */
export function accountOf(event: EventEnvelope): string {
  return textAt(event.detail, "recipientAccountId") ?? event.account;
}

/** Whether organizational units or tags have to be known to say which accounts it is for. */
export function asksPlace({ organizationalUnits, accountTags }: AccountScope): boolean {
  return organizationalUnits !== undefined || accountTags !== undefined;
}

/** Whether the account is in scope; undefined where that depends on units or tags that are not known. */
export function inScope(scope: AccountScope, account: string, place: AccountPlace | undefined): boolean | undefined {
  const { accounts, organizationalUnits, accountTags } = scope;
  const units = place?.organizationalUnits;
  const tags = place?.tags;
  const answers = [
    accounts === undefined || accounts.includes(account),
    organizationalUnits === undefined || (units && organizationalUnits.some((id) => units.includes(id))),
    accountTags === undefined ||
      (tags && Object.entries(accountTags).every(([key, value]) => Object.hasOwn(tags, key) && tags[key] === value)),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}
