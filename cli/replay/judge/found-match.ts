import type { Window } from "../../../alerting/windows/window";
import type { ReplayAlert } from "../result/replay-result";

/** What an alert tells of its event. */
export type ToldEvent = Omit<ReplayAlert, "detection" | "severity" | "tier" | "title" | "file">;

/** A match on its way from whoever read its log file to whoever decides on it. Plain data. */
export interface FoundMatch {
  /** Number of the detection among those that are asked. */
  readonly detection: number;
  /** Tells the event from every other, see `eventId`. */
  readonly id: string;
  /** Milliseconds since 1970, of event time; 0 where the record does not say. */
  readonly time: number;
  readonly window: Window;
  /** For each setup: id of the suppression that it falls under. */
  readonly suppressedBy: readonly (string | undefined)[];
  /** Number of the log file among the sources. */
  readonly file: number;
  /** Number of the record in the file, of those that were looked at. */
  readonly place: number;
  /** Absent where nobody can be told of it. */
  readonly event?: ToldEvent;
}

/** A record that could not be judged. */
export interface Finding {
  readonly place: number;
  readonly reason: string;
}

/** What came of one log file, besides its matches. */
export interface FileVerdict {
  readonly file: number;
  readonly records: number;
  readonly findings: number;
  readonly firstFindings: readonly Finding[];
  /** Why it could not be read, or not to its end. */
  readonly problem?: string;
}

/** Findings of one file, and of all of them, that are told one by one. */
export const FIRST_FINDINGS = 10;
