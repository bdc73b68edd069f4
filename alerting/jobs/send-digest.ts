import { counted, isoTime } from "../../detection/events/text";
import { forEachConcurrent } from "../for-each-concurrent";
import type { Unacknowledged } from "../incidents/incident";
import { type DigestEntry, digestNotice } from "../notices/digest";
import type { Ports } from "../ports";
import { type ErrorFields, errorFields } from "../processing-error";
import { type SilentAccount, silentAccounts } from "../reach/silent-accounts";
import type { Tally } from "../tally";
import { type Place, WINDOW_ALERT } from "../windows/alert-state";
import { retryWrite } from "../windows/retry-write";
import { totalsOf } from "./close-windows";

/** Milliseconds that are kept for publishing the digest and closing its windows. */
const TIME_FOR_THE_DIGEST_MS = 60_000;
const WINDOWS_AT_ONCE = 10;
const LIST_PARTICULARS = { eventName: "digest", region: "", time: "" };

/**
 * Reports in one notice everything of tier `digest` whose day is over, and the critical alerts that are not acknowledged. Nothing to
 * report: no notice. What can't be read keeps nothing else from being reported.
 *
 * @returns why, when something could not be reported or closed; it stays due
 */
export async function sendDigest(ports: Ports, tally: Tally): Promise<string | undefined> {
  let failure: string | undefined;
  const fail = (fields: ErrorFields, window?: string): void => {
    failure = fields.reason;
    tally.notices.failed++;
    ports.log.processingError("digest can't be sent", { window, ...fields });
  };
  const entries: DigestEntry[] = [];
  let postponed = 0;
  try {
    await forEachConcurrent(ports.store.dueWindows("digest", ports.lease().now), WINDOWS_AT_ONCE, async (id) => {
      if (ports.remainingMs() < TIME_FOR_THE_DIGEST_MS) {
        postponed++;
        return;
      }
      try {
        const window = await ports.store.leaseClosing(id, ports.lease());
        if (window) entries.push({ window, totals: await totalsOf(id, ports.store) });
      } catch (error) {
        fail(errorFields(error), id);
      }
    });
  } catch (error) {
    // The windows that are due could not be listed, or not all of them.
    fail(errorFields(error));
  }
  // The next round is a day away.
  if (postponed > 0) fail({ reason: `no time left for ${counted(postponed, "window")}` });
  const silent = await accountsSilent(ports, (error) => fail(errorFields(error)));
  const place = { windowId: `digest#unacknowledged#${isoTime(ports.lease().now).slice(0, 10)}`, member: WINDOW_ALERT };
  try {
    const unacknowledged = await notAcknowledged(place, ports, fail);
    const unreported = entries.filter(({ window, totals }) => totals.count > window.reported);
    if (unreported.length + unacknowledged.length + silent.length > 0) {
      const { account, region, labels, lease } = ports;
      const day = isoTime(lease().now).slice(0, 10);
      await ports.publish(digestNotice(unreported, account, region, labels, unacknowledged, { day, accounts: silent }));
      tally.notices.digests++;
    }
    await forEachConcurrent(entries, WINDOWS_AT_ONCE, ({ window, totals }) =>
      retryWrite(() => ports.store.close(window, totals.count)),
    );
    if (unacknowledged.length > 0) await retryWrite(() => ports.store.confirm(place, "published"));
    for (const account of silent) await countOnce(account, ports, tally);
  } catch (error) {
    fail(errorFields(error));
  }
  return failure;
}

/** The organization's accounts that send nothing; none where that can't be read. */
async function accountsSilent(
  { reach, lease, log }: Ports,
  fail: (error: unknown) => void,
): Promise<readonly SilentAccount[]> {
  if (!reach?.organization) return [];
  try {
    const silent = await silentAccounts(reach, lease().now);
    for (const { account, last } of silent) {
      log.info("account is silent", { account, ...(last && { region: last.region, lastLogFile: isoTime(last.at) }) });
    }
    return silent;
  } catch (error) {
    fail(error);
    return [];
  }
}

/** Counts an account for the alarm: once for as long as it is silent, whatever the number of digests that list it. */
async function countOnce({ account, last }: SilentAccount, { store, lease }: Ports, tally: Tally): Promise<void> {
  const place = { windowId: `silent#${account}`, member: String(last?.at ?? 0) };
  if (await store.record(place, LIST_PARTICULARS, "digested", lease())) tally.reach.silent++;
}

/**
 * The critical alerts that are not acknowledged, the earliest first. Their items are the notifier's: it asks the channels until the alert
 * is acknowledged or a day old, and nothing is changed here.
 *
 * @param place what is claimed for the day: another invocation does not list them again
 */
async function notAcknowledged(
  place: Place,
  { store, incidents, lease, remainingMs }: Ports,
  fail: (fields: ErrorFields, window?: string) => void,
): Promise<readonly Unacknowledged[]> {
  const alerts: Unacknowledged[] = [];
  let postponed = 0;
  try {
    await forEachConcurrent(store.dueWindows("unacknowledged", lease().now), WINDOWS_AT_ONCE, async (id) => {
      if (remainingMs() < TIME_FOR_THE_DIGEST_MS) {
        postponed++;
        return;
      }
      const alert = await incidents.unacknowledged(id);
      if (alert) alerts.push(alert);
    });
  } catch (error) {
    fail(errorFields(error));
  }
  if (postponed > 0) fail({ reason: `no time left for ${counted(postponed, "unacknowledged alert")}` });
  if (alerts.length === 0) return [];
  const { status } = await store.claim(place, LIST_PARTICULARS, lease());
  if (status !== "claimed") return [];
  return alerts.sort((a, b) => (a.time < b.time ? -1 : 1));
}
