import { summaryNotice } from "../notices/summary";
import { Totals } from "../notices/totals";
import type { Ports } from "../ports";
import { HourlyRateLimit } from "../rate-limit/hourly-rate-limit";
import type { Tally } from "../tally";
import type { AlertState, ClosingWindow } from "../windows/alert-state";
import { retryWrite } from "../windows/retry-write";
import { closeDue } from "./close-due";

/**
 * Closes the windows that are due, with a summary of what was grouped in each.
 *
 * @returns why, when one could not be closed; it stays due
 */
export function closeWindows(ports: Ports, tally: Tally): Promise<string | undefined> {
  const rateLimit = new HourlyRateLimit(ports);
  return closeDue("group", ports, tally, (window) => closeWindow(window, rateLimit, ports, tally));
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
