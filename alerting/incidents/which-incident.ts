import type { IncidentStep } from "./incident";

/** The current incident of a principal and the one before it, each known by the alert that opened it. */
export interface Openers {
  readonly current: IncidentStep;
  readonly before?: IncidentStep;
}

/** What an alert does: `joins` the incident of an opener (perhaps itself), `opens` one, or stands `alone`. */
export type Belonging =
  | { readonly kind: "joins"; readonly opener: IncidentStep }
  | { readonly kind: "opens" }
  | { readonly kind: "alone" };

/**
 * Which incident an alert belongs to, by event time. An incident has what comes within its length after its first alert, and what is that
 * much earlier but comes later, unless the incident before has it. So an alert that comes again belongs where it did, also when the
 * principal's next incident has begun meanwhile. What is earlier than both stands alone.
 */
export function whichIncident(openers: Openers | undefined, time: number, lengthMs: number): Belonging {
  if (openers === undefined) return { kind: "opens" };
  const { current, before } = openers;
  const covers = (opener: IncidentStep) => Math.abs(time - opener.time) < lengthMs;
  if (before !== undefined && time < current.time && covers(before)) return { kind: "joins", opener: before };
  if (covers(current)) return { kind: "joins", opener: current };
  return { kind: time > current.time ? "opens" : "alone" };
}
