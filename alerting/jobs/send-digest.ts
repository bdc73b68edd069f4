import { counted, parseTime } from "../../detection/events/text";
import { forEachConcurrent } from "../for-each-concurrent";
import type { Unacknowledged } from "../incidents/incident";
import { type DigestEntry, digestNotice } from "../notices/digest";
import type { Ports } from "../ports";
import { type ErrorFields, errorFields } from "../processing-error";
import type { Tally } from "../tally";
import type { ClosingWindow } from "../windows/alert-state";
import { retryWrite } from "../windows/retry-write";
import type { WindowKind } from "../windows/window";
import { totalsOf } from "./close-windows";

/** Milliseconds that are kept for publishing the digest and closing its windows. */
const TIME_FOR_THE_DIGEST_MS = 60_000;
const WINDOWS_AT_ONCE = 10;
const HOUR_MS = 3_600_000;
/** How old an alert that is not acknowledged may be to be listed again: it is listed on seven days. */
const LISTED_MS = 6 * 24 * HOUR_MS;
/** When it is due again: the next day's digest finds it, this one's second try does not. */
const LISTED_AGAIN_MS = 20 * HOUR_MS;

/** A critical alert that is not acknowledged, with the lease to list it. */
interface DueAlert {
  readonly window: ClosingWindow;
  readonly alert: Unacknowledged;
}

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
  const alerts: DueAlert[] = [];
  let postponed = 0;
  const forEachDue = async (kind: WindowKind, read: (window: ClosingWindow) => Promise<void>): Promise<void> => {
    try {
      await forEachConcurrent(ports.store.dueWindows(kind, ports.lease().now), WINDOWS_AT_ONCE, async (id) => {
        if (ports.remainingMs() < TIME_FOR_THE_DIGEST_MS) {
          postponed++;
          return;
        }
        try {
          const window = await ports.store.leaseClosing(id, ports.lease());
          if (window) await read(window);
        } catch (error) {
          fail(errorFields(error), id);
        }
      });
    } catch (error) {
      // The windows that are due could not be listed, or not all of them.
      fail(errorFields(error));
    }
  };
  await forEachDue("digest", async (window) => {
    entries.push({ window, totals: await totalsOf(window.id, ports.store) });
  });
  await forEachDue("unacknowledged", async (window) => {
    const alert = await ports.incidents.unacknowledged(window.id);
    if (alert) alerts.push({ window, alert });
  });
  // The next round is a day away.
  if (postponed > 0) fail({ reason: `no time left for ${counted(postponed, "window")}` });
  try {
    const unreported = entries.filter(({ window, totals }) => totals.count > window.reported);
    if (unreported.length + alerts.length > 0) {
      const unacknowledged = alerts.map(({ alert }) => alert).sort((a, b) => (a.time < b.time ? -1 : 1));
      await ports.publish(digestNotice(unreported, ports.account, ports.region, ports.labels, unacknowledged));
      tally.notices.digests++;
    }
    await forEachConcurrent(entries, WINDOWS_AT_ONCE, ({ window, totals }) =>
      retryWrite(() => ports.store.close(window, totals.count)),
    );
    await forEachConcurrent(alerts, WINDOWS_AT_ONCE, (due) => retryWrite(() => listAgain(due, ports)));
  } catch (error) {
    fail(errorFields(error));
  }
  return failure;
}

/** Tomorrow, unless it has been acknowledged by then; not after a week. */
function listAgain({ window, alert }: DueAlert, { store, lease }: Ports): Promise<void> {
  const { now } = lease();
  const age = now - (parseTime(alert.time) ?? 0);
  return age < LISTED_MS ? store.postpone(window, now + LISTED_AGAIN_MS) : store.close(window, window.reported + 1);
}
