import { forEachConcurrent } from "../for-each-concurrent";
import { summaryNotice } from "../notices/summary";
import { Totals } from "../notices/totals";
import type { Ports } from "../ports";
import { errorFields } from "../processing-error";
import { HourlyRateLimit } from "../rate-limit/hourly-rate-limit";
import type { Tally } from "../tally";
import type { AlertState, ClosingWindow } from "../windows/alert-state";
import { retryWrite } from "../windows/retry-write";

/** Nothing is begun with less time left, in milliseconds: the next round goes on with what is left. */
const TIME_FOR_A_WINDOW_MS = 20_000;
const WINDOWS_AT_ONCE = 10;

/**
 * Closes the windows that are due, with a summary of what was grouped in each.
 *
 * @returns why, when one could not be closed; it stays due
 */
export async function closeWindows(ports: Ports, tally: Tally): Promise<string | undefined> {
  const rateLimit = new HourlyRateLimit(ports);
  let failure: string | undefined;
  const fail = (error: unknown, id?: string): void => {
    const fields = errorFields(error);
    failure = fields.reason;
    tally.notices.failed++;
    ports.log.processingError("window can't be closed", { window: id, ...fields });
  };
  try {
    await forEachConcurrent(ports.store.dueWindows("group", ports.lease().now), WINDOWS_AT_ONCE, async (id) => {
      if (ports.remainingMs() < TIME_FOR_A_WINDOW_MS) return;
      try {
        const window = await ports.store.leaseClosing(id, ports.lease());
        if (window) await closeWindow(window, rateLimit, ports, tally);
      } catch (error) {
        fail(error, id);
      }
    });
  } catch (error) {
    // The windows that are due could not be listed, or not all of them.
    fail(error);
  }
  return failure;
}

async function closeWindow(
  window: ClosingWindow,
  rateLimit: HourlyRateLimit,
  ports: Ports,
  tally: Tally,
): Promise<void> {
  const totals = await totalsOf(window.id, ports.store);
  if (totals.count > window.reported) {
    // By what was reported before: what comes late makes another summary, what comes while this one waits does not.
    const place = { windowId: window.id, member: `~summary ${window.reported}` };
    if (!(await rateLimit.admits(place, window.severity))) {
      tally.notices.postponed++;
      await ports.store.postpone(window, rateLimit.nextHour);
      return;
    }
    await ports.publish(summaryNotice(window, totals, ports.account, ports.labels, ports.archive));
    tally.notices.summaries++;
  }
  await retryWrite(() => ports.store.close(window, totals.count));
}

/** What summaries are about: whatever did not get an alert of its own, and which event did. */
export async function totalsOf(windowId: string, store: AlertState): Promise<Totals> {
  const totals = new Totals();
  for await (const member of store.members(windowId)) {
    if (member.ending !== undefined) totals.add(member);
  }
  return totals;
}
