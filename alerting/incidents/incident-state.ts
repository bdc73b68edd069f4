import type { Lease } from "../windows/alert-state";
import type { Incident, IncidentPlace, IncidentStep } from "./incident";

/**
 * The incidents, in the table of the alert state. Each method is one step that can be repeated safely.
 *
 * A principal's current incident is known by one item; the first alert writes that alone, each further one its incident's own item: one
 * write per alert.
 */
export interface IncidentState {
  /**
   * Adds an alert to the incident of its principal, or opens one. Of one event only once, however often it is asked.
   *
   * @param principal as `identityOf` has it
   * @param lengthMs how long after an incident's first alert (in event time) alerts still belong to it
   */
  join(principal: string, step: IncidentStep, lengthMs: number, lease: Lease): Promise<IncidentPlace>;

  /** Ids of the incidents of more than one alert that are due for their timeline. */
  due(now: number): AsyncIterable<string>;

  /** Undefined when it is not due, or another invocation is closing it. */
  leaseClosing(id: string, lease: Lease): Promise<Incident | undefined>;

  /** Gives the lease back; the timeline is out. What comes later reopens it. */
  close(incident: Incident): Promise<void>;
}
