import type { Reach } from "./reach-state";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of an account that has sent log files on every day of a week, its weekend included. */
const STEADY_SILENT_MS = DAY_MS;
/** Of any other: no calls, no log file, and a sandbox may have none for a long weekend. */
const SILENT_MS = 7 * DAY_MS;
const STEADY_MS = 7 * DAY_MS;
const FORGOTTEN_MS = 14 * DAY_MS;

/** An account that sends no log files. */
export interface SilentAccount {
  readonly account: string;
  /** Milliseconds since 1970, and the region of its newest log file; undefined where it has never sent one. */
  readonly last: { readonly at: number; readonly region: string } | undefined;
}

/**
 * The organization's accounts that are silent, by id:
 *
 * - one that had sent log files day by day for a week, after 24 hours without one
 * - any other, after 7 days: CloudTrail writes no log file where no call is made, so an account that is used now and then is silent
 *   each weekend, and nothing is wrong
 * - one that has never sent any, 7 days after it joined and after the first log file of any account
 *
 * After 14 days it was left long ago. A removed account isn't silent.
 *
 * @throws whatever the store throws
 */
export async function silentAccounts({ state, knownMembers }: Reach, now: number): Promise<readonly SilentAccount[]> {
  const known = new Map((await knownMembers?.())?.map((account) => [account.id, account]));
  const silent: SilentAccount[] = [];
  const senders = new Set<string>();
  const isSilent = (since: number, limit = SILENT_MS) => since < now - limit && since >= now - FORGOTTEN_MS;
  let first = now;
  for await (const sender of state.senders()) {
    const { account, region, at } = sender;
    senders.add(account);
    first = Math.min(first, sender.first);
    if (known.get(account)?.status === "removed") continue;
    const limit = at - sender.steadySince >= STEADY_MS ? STEADY_SILENT_MS : SILENT_MS;
    if (isSilent(at, limit)) silent.push({ account, last: { at, region } });
  }
  for (const { id, status, joinedAt } of known.values()) {
    if (status !== "active" || joinedAt === undefined || senders.has(id)) continue;
    if (isSilent(Math.max(joinedAt, first))) silent.push({ account: id, last: undefined });
  }
  return silent.sort((a, b) => (a.account < b.account ? -1 : 1));
}
