import { incidentOfWindow } from "../incidents/incident-id";
import { timelineNotice } from "../notices/timeline";
import type { Ports } from "../ports";
import { HourlyRateLimit } from "../rate-limit/hourly-rate-limit";
import type { Tally } from "../tally";
import type { ClosingWindow } from "../windows/alert-state";
import { retryWrite } from "../windows/retry-write";
import { closeDue } from "./close-due";

/**
 * Closes the incidents that are due, each with a timeline. One that an alert has reopened gets another timeline, with all of its alerts.
 *
 * @returns why, when one could not be closed; it stays due
 */
export function closeIncidents(ports: Ports, tally: Tally): Promise<string | undefined> {
  const rateLimit = new HourlyRateLimit(ports);
  return closeDue("incident", ports, tally, (window) => closeIncident(window, rateLimit, ports, tally));
}

async function closeIncident(
  window: ClosingWindow,
  rateLimit: HourlyRateLimit,
  ports: Ports,
  tally: Tally,
): Promise<void> {
  const { store, account, region, labels } = ports;
  const incident = await ports.incidents.read(incidentOfWindow(window.id));
  const alerts = incident ? incident.steps.length + incident.more : 0;
  if (incident && alerts > window.reported) {
    // By what was reported before: what comes late makes another timeline, what comes while this one waits does not.
    const place = { windowId: window.id, member: `~timeline ${window.reported}` };
    if (!(await rateLimit.admits(place, incident.severity))) {
      tally.notices.postponed++;
      await store.postpone(window, rateLimit.nextHour);
      return;
    }
    await ports.publish(timelineNotice(incident, window.reported, account, region, labels));
    tally.notices.timelines++;
  }
  await retryWrite(() => store.close(window, alerts));
}
