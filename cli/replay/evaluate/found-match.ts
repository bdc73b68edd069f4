import type { Window } from "../../../alerting/windows/window";
import type { ReplayAlert } from "../result/replay-result";

/** What an alert says of its event. */
export type AlertedEvent = Omit<
  ReplayAlert,
  "detection" | "severity" | "tier" | "title" | "callId" | "alsoMatched" | "incident" | "file"
>;

/** A match on its way from the thread that read its log file to where it is decided on. Plain data. */
export interface FoundMatch {
  /** Number of the detection among those that are asked. */
  readonly detection: number;
  /** Identifies the call, see `callId`. */
  readonly id: string;
  /** Of several records of one call, one that names the caller leads. */
  readonly namesCaller: boolean;
  /** Milliseconds since 1970, of event time; 0 where the record does not say. */
  readonly time: number;
  readonly window: Window;
  /** For each setup: id of the suppression that it falls under. */
  readonly suppressedBy: readonly (string | undefined)[];
  /** Number of the log file among the sources. */
  readonly file: number;
  /** Number of the record in the file, of those that were looked at. */
  readonly place: number;
  /** Absent where no alert can be of it. */
  readonly event?: AlertedEvent;
}

/** A record that could not be processed. */
export interface ProcessingError {
  readonly place: number;
  readonly reason: string;
}

/** What came of one log file, besides its matches. */
export interface FileVerdict {
  readonly file: number;
  readonly records: number;
  readonly processingErrors: number;
  readonly firstProcessingErrors: readonly ProcessingError[];
  /** Why it could not be read, or not to its end. */
  readonly problem?: string;
}

/** Processing errors of one file, and of all of them, that are reported one by one. */
export const FIRST_PROCESSING_ERRORS = 10;
