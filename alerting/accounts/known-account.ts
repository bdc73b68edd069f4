import type { AccountPlace } from "../../detection/events/account-scope";
import { oneLine } from "../../detection/events/text";

/** What AWS Organizations says of an account, as it is stored. */
export interface KnownAccount extends AccountPlace {
  /** Absent where nothing is left of it that can be shown. */
  readonly name?: string;
}

/** Characters of a name. Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html */
const NAME = 50;

/**
 * An account's name as alerts may show it: one line, and letters, digits and a few signs only. Each account's administrators
 * choose it, so one that could be taken for another account's id counts for none.
 */
export function shownName(name: string): string | undefined {
  const shown = oneLine(name.replace(/[^\p{L}\p{M}\p{N} _.:/=+\-@()&',#!]/gu, " "), NAME);
  return /[\p{L}\p{N}]/u.test(shown) && !/\p{N}{12}/u.test(shown.normalize("NFKC").replace(/[ .\-_]/g, ""))
    ? shown
    : undefined;
}
