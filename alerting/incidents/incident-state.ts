import type { Lease } from "../windows/alert-state";
import type { Incident, IncidentPlace, IncidentStep, Unacknowledged } from "./incident";

/**
 * The incidents, in the table of the alert state. Each method is one step that can be repeated safely.
 *
 * A principal's current incident is known by one item; the first alert writes that alone, each further one its incident's own item: one
 * write per alert. The incident's own item is an open window of kind `incident` (its id is `incidentWindow`): the alert state lists it
 * when it is due, leases, postpones and closes it. `docs/decisions/0020-incidents.md` has the protocol.
 */
export interface IncidentState {
  /**
   * Adds an alert to the incident of its principal, or opens one. Of one event only once, however often it is asked.
   *
   * @param principal as `incidentCaller` has it
   * @param lengthMs how long after an incident's first alert (in event time) alerts still belong to it
   */
  join(principal: string, step: IncidentStep, lengthMs: number, lease: Lease): Promise<IncidentPlace>;

  /** An incident of more than one alert; undefined for any other id. */
  read(id: string): Promise<Incident | undefined>;

  /**
   * What an open window of kind `unacknowledged` is about; undefined where there is no such window.
   *
   * @param windowId as the alert state lists it
   */
  unacknowledged(windowId: string): Promise<Unacknowledged | undefined>;
}
