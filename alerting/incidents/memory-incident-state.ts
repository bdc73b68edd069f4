import type { AlertState, Lease } from "../windows/alert-state";
import { closingTime } from "../windows/window";
import { boundedStep } from "./bounded-step";
import type { Acknowledgement, Incident, IncidentPlace, IncidentStep, Unacknowledged } from "./incident";
import { incidentId, incidentWindow, principalKey } from "./incident-id";
import type { IncidentState } from "./incident-state";
import { eventKey, incidentOf, openedBy, placeIn, roomFor, type StoredIncident, successesOf } from "./stored-incident";
import { type Openers, whichIncident } from "./which-incident";

/** The incidents, for as long as the process lives: for replays and tests. */
export class MemoryIncidentState implements IncidentState {
  readonly #openers = new Map<string, Openers>();
  readonly #incidents = new Map<string, StoredIncident>();
  /** By incident. */
  readonly acknowledgements = new Map<string, Acknowledgement>();
  /** By window, which the alert state has. */
  readonly alertsToAcknowledge = new Map<string, Unacknowledged>();

  /** @param store in which open incidents are windows */
  constructor(private readonly store: Pick<AlertState, "openWindow">) {}

  async join(principal: string, given: IncidentStep, lengthMs: number, lease: Lease): Promise<IncidentPlace> {
    const step = boundedStep(given);
    const key = principalKey(principal);
    const openers = this.#openers.get(key);
    const belonging = whichIncident(openers, step.time, lengthMs);
    if (belonging.kind === "opens") {
      this.#openers.set(key, { current: step, ...(openers && { before: openers.current }) });
    }
    const opener = belonging.kind === "joins" ? belonging.opener : step;
    const id = incidentId(key, opener.time);
    const stored = this.#incidents.get(id) ?? openedBy(opener);
    const place = placeIn(id, step, stored);
    const room = roomFor(step, stored);
    if (room === "none") return place;
    this.#incidents.set(id, {
      steps: room === "kept" ? [...stored.steps, step] : stored.steps,
      eventKeys: new Set([...stored.eventKeys, eventKey(step)]),
      severities: new Set([...stored.severities, step.severity]),
      successes: new Set([...stored.successes, ...successesOf([step])]),
    });
    const { detection, title, severity, actor } = step;
    const times = { start: opener.time, end: opener.time + lengthMs };
    const window = { id: incidentWindow(id), kind: "incident", detection, title, severity, actor, ...times } as const;
    await this.store.openWindow(window, opener.callId, closingTime(times, lease.now));
    return place;
  }

  async read(id: string): Promise<Incident | undefined> {
    const stored = this.#incidents.get(id);
    return stored && incidentOf(id, stored, this.acknowledgements.get(id));
  }

  async unacknowledged(windowId: string): Promise<Unacknowledged | undefined> {
    return this.alertsToAcknowledge.get(windowId);
  }
}
