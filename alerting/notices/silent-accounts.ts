import { counted, isoTime } from "../../detection/events/text";
import type { DigestNotification } from "../notification/notification";
import type { SilentAccount } from "../reach/silent-accounts";
import { accountLabel, type Labels, namedAccount, timeLabel } from "./labels";

/** Accounts that a text lists. */
const LISTED = 50;
/** Accounts that the JSON lists. */
const MOST = 100;

/** `2 accounts silent`; nothing where none is. */
export function silentNews(accounts: readonly SilentAccount[]): string {
  return accounts.length === 0 ? "" : `${counted(accounts.length, "account")} silent`;
}

/** The accounts that send no log files, a line each; nothing where there are none. */
export function silentText(accounts: readonly SilentAccount[], labels: Labels): string {
  if (accounts.length === 0) return "";
  const lines = accounts.slice(0, LISTED).map(({ account, last }) => {
    const since = last ? `last log file ${timeLabel(isoTime(last.at), labels)}, ${last.region}` : "no log file ever";
    return `- ${accountLabel(account, labels)}: ${since}`;
  });
  const others = accounts.length - LISTED;
  return `Accounts that send no log files:
${lines.join("\n")}
${others > 0 ? `and ${others} more\n` : ""}Was the account closed or removed? If not, check the organization trail: aws cloudtrail get-trail-status --name TRAIL_ARN
`;
}

/** The same in JSON; nothing where there are none. */
export function silentInJson(
  accounts: readonly SilentAccount[],
  labels: Labels,
): Pick<DigestNotification, "silentAccounts"> {
  if (accounts.length === 0) return {};
  const silentAccounts = accounts.slice(0, MOST).map(({ account, last }) => ({
    account: namedAccount(account, labels),
    ...(last && { region: last.region, lastLogFile: isoTime(last.at) }),
  }));
  return { silentAccounts };
}
