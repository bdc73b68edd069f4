import type { Severity } from "../../detection/definition/detection";
import type { OutcomeKind } from "../../detection/events/outcome";

/** Alerts of one principal within a time (configuration key `incidentMinutes`) are one incident. */

/** One alert, as its incident's timeline has it. Every text is one line of bounded length, see `boundedStep`. */
export interface IncidentStep {
  /** Identifies the call, see `callId`: an incident has one step of it. */
  readonly callId: string;
  /** As people look the record up, see `eventId`. */
  readonly eventId: string;
  /** Milliseconds since 1970, of event time; 0 where the record does not say. */
  readonly time: number;
  /** Id and title of the detection that leads the alert. */
  readonly detection: string;
  readonly title: string;
  readonly severity: Severity;
  readonly eventName: string;
  readonly outcome: OutcomeKind;
  readonly account: string;
  readonly region: string;
  /** Who, in words. */
  readonly actor: string;
  readonly sourceIPAddress: string;
  /** What exactly: `policy AdministratorAccess on user bob`. */
  readonly what: string;
}

/** An alert's place in its incident. */
export interface IncidentPlace {
  /** What everything about the incident is known by: 16 hex digits of the principal's hash, `-`, its start as `20261120T021405Z`. */
  readonly id: string;
  /** When its first alert's event was, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Number of the alert in the incident, from 1. */
  readonly number: number;
  /** The most severe of the alerts before this one; undefined for the first. */
  readonly severityBefore?: Severity;
  /** The most severe of the alerts before this one whose calls succeeded; undefined where none did. */
  readonly succeededBefore?: Severity;
}

/** An incident of more than one alert, for its timeline. */
export interface Incident {
  readonly id: string;
  readonly startedAt: number;
  readonly severity: Severity;
  /** In the order of event time. */
  readonly steps: readonly IncidentStep[];
  /** Alerts beyond those that are kept; at `MOST_MORE` there may be more still. */
  readonly more: number;
  readonly acknowledged?: Acknowledgement;
}

/** Who has taken an incident on. */
export interface Acknowledgement {
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Where: the channel's type, or `command`. */
  readonly through: string;
}

/** A critical alert that a channel which can acknowledge it has got, and that is not acknowledged. */
export interface Unacknowledged {
  readonly incidentId: string;
  readonly title: string;
  /** Who, in words. */
  readonly actor: string;
  /** As CloudTrail writes it. */
  readonly time: string;
}

/** `opens`: the first alert; `rises`: worse than all before it, so it alerts anew, see `roleOf`; `update`: anything else. */
export type IncidentRole = "opens" | "rises" | "update";

/** Steps that an incident keeps: with what `boundedStep` leaves of each, well below the 400 KB of a DynamoDB item. */
export const MOST_STEPS = 100;
/** Alerts beyond them that an incident counts. */
export const MOST_MORE = 900;
