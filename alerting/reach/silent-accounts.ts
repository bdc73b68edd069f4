import type { Reach } from "./reach-state";

const HOUR_MS = 3_600_000;
/** Even an account that nobody uses has some events a day: those of AWS's own services. */
const SILENT_MS = 24 * HOUR_MS;
/** What has sent nothing for longer is an account that was left long ago. */
const FORGOTTEN_MS = 14 * 24 * HOUR_MS;

/** An account that sends no log files. */
export interface SilentAccount {
  readonly account: string;
  /** Milliseconds since 1970, and the region of its newest log file; undefined where it has never sent one. */
  readonly last: { readonly at: number; readonly region: string } | undefined;
}

/**
 * The organization's accounts that have sent a log file within 14 days, but none for 24 hours, and those that are members for 24
 * hours and have never sent one, by id. A removed account isn't silent.
 *
 * @throws whatever the store throws
 */
export async function silentAccounts({ state, knownMembers }: Reach, now: number): Promise<readonly SilentAccount[]> {
  const known = new Map((await knownMembers?.())?.map((account) => [account.id, account]));
  const silent: SilentAccount[] = [];
  const senders = new Set<string>();
  for await (const { account, region, at } of state.senders()) {
    senders.add(account);
    if (known.get(account)?.status === "removed") continue;
    if (at < now - SILENT_MS && at >= now - FORGOTTEN_MS) silent.push({ account, last: { at, region } });
  }
  for (const { id, status, joinedAt } of known.values()) {
    const isNew = joinedAt === undefined || joinedAt >= now - SILENT_MS;
    if (status === "active" && !senders.has(id) && !isNew) silent.push({ account: id, last: undefined });
  }
  return silent.sort((a, b) => (a.account < b.account ? -1 : 1));
}
