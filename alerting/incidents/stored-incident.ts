import { mostSevere, type Severity } from "../../detection/definition/detection";
import { sha256 } from "../../detection/events/event-id";
import {
  type Acknowledgement,
  type Incident,
  type IncidentPlace,
  type IncidentStep,
  MOST_MORE,
  MOST_STEPS,
} from "./incident";

/** An incident as the state keeps it. */
export interface StoredIncident {
  /** Those that are kept, in the order in which they joined: the first is the alert that opened it. */
  readonly steps: readonly IncidentStep[];
  /** Of every alert that counts, see `eventKey`. */
  readonly eventKeys: ReadonlySet<string>;
  /** Of every alert that counts. */
  readonly severities: ReadonlySet<string>;
  /** Severities of the alerts whose calls succeeded. */
  readonly successes: ReadonlySet<string>;
}

/** What a call is known by in a set of many. */
export function eventKey({ callId }: Pick<IncidentStep, "callId">): string {
  return sha256(callId).slice(0, 16);
}

/** An incident of which only the first alert has come. */
export function openedBy(opener: IncidentStep): StoredIncident {
  return {
    steps: [opener],
    eventKeys: new Set([eventKey(opener)]),
    severities: new Set([opener.severity]),
    successes: new Set(successesOf([opener])),
  };
}

/** Severities of those whose calls succeeded. */
export function successesOf(steps: readonly IncidentStep[]): readonly Severity[] {
  return [...new Set(steps.flatMap(({ outcome, severity }) => (outcome === "succeeded" ? [severity] : [])))];
}

/** Whether an alert would be kept, only counted, or neither: it is there already, or there are too many. */
export function roomFor(step: IncidentStep, { steps, eventKeys }: StoredIncident): "kept" | "counted" | "none" {
  if (eventKeys.has(eventKey(step)) || eventKeys.size >= MOST_STEPS + MOST_MORE) return "none";
  return steps.length < MOST_STEPS ? "kept" : "counted";
}

/** The place of an alert that is about to join, or is in the incident already. */
export function placeIn(
  id: string,
  step: IncidentStep,
  { steps, eventKeys, severities, successes }: StoredIncident,
): IncidentPlace {
  const [opener] = steps;
  const common = { id, startedAt: opener?.time ?? 0 };
  const index = steps.findIndex(({ callId }) => callId === step.callId);
  if (index === 0) return { ...common, number: 1 };
  const before = index > 0 ? steps.slice(0, index) : steps;
  if (index > 0 || eventKeys.has(eventKey(step))) {
    // Of one that is only counted, what came between the kept ones and it is not known: it may rise a second time.
    const number = index > 0 ? index + 1 : eventKeys.size;
    const known = { severities: before.map(({ severity }) => severity), successes: successesOf(before) };
    return { ...common, number, ...worstOf(known.severities, known.successes) };
  }
  return { ...common, number: eventKeys.size + 1, ...worstOf(severities, successes) };
}

function worstOf(
  severities: Iterable<string>,
  successes: Iterable<string>,
): Pick<IncidentPlace, "severityBefore" | "succeededBefore"> {
  const succeeded = [...successes];
  return {
    severityBefore: mostSevere(severities),
    ...(succeeded.length > 0 && { succeededBefore: mostSevere(succeeded) }),
  };
}

export function incidentOf(id: string, stored: StoredIncident, acknowledged?: Acknowledgement): Incident {
  const { steps, eventKeys, severities } = stored;
  return {
    id,
    startedAt: steps[0]?.time ?? 0,
    severity: mostSevere(severities),
    steps: [...steps].sort((a, b) => a.time - b.time),
    more: eventKeys.size - steps.length,
    ...(acknowledged && { acknowledged }),
  };
}
