import type { Detection, Severity } from "../../../detection/definition/detection";
import type { CallOutcome } from "../../../detection/events/outcome";

/** What would have been told of one event: at once by an alert, or in the day's digest. Every text is one bounded line. */
export interface ReplayAlert {
  /** The detection's id. */
  readonly detection: string;
  readonly severity: Severity;
  /** `alert`: told at once; `digest`: a line of the day's digest. */
  readonly tier: Detection["tier"];
  readonly title: string;
  readonly eventID: string;
  /** UTC, as CloudTrail writes it: `2026-11-20T02:14:05Z`. */
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly account: string;
  readonly region: string;
  /** Who, in words. */
  readonly actor: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  /** Of the key that signed the call; `none` where it has none. */
  readonly accessKeyId: string;
  /** `unknown` where the event is no longer known. */
  readonly outcome: CallOutcome["kind"] | "unknown";
  /** Empty where there was no error. */
  readonly errorCode: string;
  readonly errorMessage: string;
  /** What the call touched. */
  readonly target: string;
  /** JSON of at most 2,000 characters, secrets masked; empty where the record has none. */
  readonly requestParameters: string;
  readonly responseElements: string;
  /** The log file, as it was named or found. */
  readonly file: string;
}

/** What became of one detection's matches on one day (UTC); the numbers from `alerts` on add up to `matches`. */
export interface DayOutcome {
  /** `2026-11-20`; `unknown` where the events bear no time. */
  readonly day: string;
  readonly matches: number;
  /** Told at once. */
  readonly alerts: number;
  readonly digested: number;
  /** Told in the summary of an alert's window. */
  readonly folded: number;
  /** Below the threshold of a detection that counts, or of one that is only counted. */
  readonly counted: number;
  readonly suppressed: number;
  /** The same event once more. */
  readonly repeated: number;
}

/** What one detection made of the logs. */
export interface DetectionOutcome {
  readonly detection: string;
  readonly title: string;
  readonly severity: Severity;
  readonly tier: Detection["tier"];
  /** MITRE ATT&CK technique, where it has one. */
  readonly technique?: string;
  /** Summaries of alerts that were followed by more of the same. */
  readonly summaries: number;
  /** In ascending order; days without a match are not there. */
  readonly days: readonly DayOutcome[];
}

/** A file that could not be read, or a record that could not be judged. */
export interface ReplayProblem {
  readonly file: string;
  /** One line. */
  readonly reason: string;
}

/** What a replay found. Plain data: every output is made of it alone. */
export interface ReplayResult {
  /** What would have been told, in the order of event time. */
  readonly alerts: readonly ReplayAlert[];
  /** Of every detection that matched anything, in the catalogue's order. */
  readonly detections: readonly DetectionOutcome[];
  /** How many detections were asked. */
  readonly asked: number;
  /** Suppressions that took something away, with how many matches. */
  readonly suppressions: readonly { readonly id: string; readonly reason: string; readonly matches: number }[];
  readonly files: {
    readonly read: number;
    /** Bytes read, as they lie there: compressed where the file is. */
    readonly bytes: number;
    /** Not opened: digests, and what lies outside of the times, regions and accounts asked for. */
    readonly leftOut: number;
    readonly unreadable: readonly ReplayProblem[];
  };
  readonly records: {
    readonly read: number;
    /** Records that no detection could be asked about. */
    readonly findings: number;
    /** The first of them. */
    readonly firstFindings: readonly ReplayProblem[];
  };
}
