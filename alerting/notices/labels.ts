import type { AccountPlace } from "../../detection/events/account-scope";
import type { EventEnvelope } from "../../detection/events/envelope";
import { textAt } from "../../detection/events/json";
import { oneLine, parseTime } from "../../detection/events/text";
import type { Account } from "../notification/notification";

/** What readers of alerts call their accounts, and the time zone that they live in. */
export interface Labels {
  /** Names by account id. */
  readonly accountNames: Readonly<Record<string, string>>;
  /** An IANA time zone such as `Asia/Tokyo`; times are given in UTC alone where it is absent. */
  readonly timeZone?: string;
  /** Organizational units and tags by account id, as far as they are known. */
  readonly places?: Readonly<Record<string, AccountPlace>>;
  /** Id of the organization that these accounts are in. */
  readonly organization?: string;
}

export const NO_LABELS: Labels = { accountNames: {} };

/** Accounts that are looked up for one alert. */
const MOST_ACCOUNTS = 5;

/** Longest name of an account in a text, in characters. */
const NAME = 50;

/** The account's name; undefined where it has none. */
export function accountName(account: string, { accountNames }: Labels): string | undefined {
  return Object.hasOwn(accountNames, account) ? oneLine(accountNames[account] ?? "", NAME) || undefined : undefined;
}

/** The shortest that a reader knows the account by, for subjects and SMS: `prod`, or the id. */
export function shortAccount(account: string, labels: Labels): string {
  return accountName(account, labels) ?? account;
}

/** `prod (111122223333)`, or the id. */
export function accountLabel(account: string, labels: Labels): string {
  const name = accountName(account, labels);
  return name === undefined ? account : `${name} (${account})`;
}

/** For JSON. */
export function namedAccount(id: string, labels: Labels): Account {
  const name = accountName(id, labels);
  const { places = {}, organization } = labels;
  const { organizationalUnits, tags }: AccountPlace = (Object.hasOwn(places, id) && places[id]) || {};
  return {
    id,
    ...(name !== undefined && { name }),
    ...(organizationalUnits && organization !== undefined && { organization }),
    ...(organizationalUnits && { organizationalUnits }),
    ...(tags && { tags }),
  };
}

/** Accounts that an alert of the event may name: where it was made, and the caller's. */
export function accountsIn({ account, detail }: EventEnvelope): readonly string[] {
  const said = [account, textAt(detail, "recipientAccountId"), JSON.stringify(detail.userIdentity)].join(" ");
  return [...new Set(said.match(/(?<!\d)\d{12}(?!\d)/g) ?? [])].slice(0, MOST_ACCOUNTS);
}

/** Names the accounts in a caller's description, those of other accounts too: `IAM user ann (account 111122223333, prod)`. */
export function withAccountNames(text: string, labels: Labels): string {
  return text.replace(/\baccount(?: |: | \()(\d{12})\b/g, (phrase, account: string) => {
    const name = accountName(account, labels);
    return name === undefined ? phrase : `${phrase}, ${name}`;
  });
}

/** `2026-11-20T02:14:05Z (UTC), 2026-11-20 11:14:05 Asia/Tokyo`; the text with `(UTC)` behind where there is no time zone. */
export function timeLabel(time: string, { timeZone }: Labels): string {
  const milliseconds = timeZone === undefined ? undefined : parseTime(time);
  if (timeZone === undefined || milliseconds === undefined) return `${time} (UTC)`;
  // Swedish writes dates as ISO 8601 does.
  const local = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone });
  return `${time} (UTC), ${local.format(milliseconds)} ${timeZone}`;
}
