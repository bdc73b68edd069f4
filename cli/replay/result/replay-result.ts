import type { IncidentRole } from "../../../alerting/incidents/incident";
import type { Detection, Severity } from "../../../detection/definition/detection";
import type { CallOutcome } from "../../../detection/events/outcome";
import type { SourceProblem } from "../../log-sources/source-problem";

/** One alert, sent at once or as a line of the daily digest. Every text is one bounded line. */
export interface ReplayAlert {
  /** The detection's id. */
  readonly detection: string;
  readonly severity: Severity;
  /** `alert`: sent at once; `digest`: a line of the daily digest. */
  readonly tier: Detection["tier"];
  readonly title: string;
  /** Identifies the call, see `callId`. */
  readonly callId: string;
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
  /** An ARN or a principal id. */
  readonly principal: string;
  /** Whose alerts are one incident, see `incidentCaller`. */
  readonly caller: string;
  /** Ids of the other detections whose alert this is too: they match the event and are not suppressed. Most severe first. */
  readonly alsoMatched: readonly string[];
  /** The incident that the alert belongs to; absent of a line of the digest. */
  readonly incident?: {
    readonly id: string;
    readonly role: IncidentRole;
    /** It rises by its outcome: attempts as severe came before it, and no success. */
    readonly nowSucceeded?: true;
    readonly number: number;
  };
  /** The log file, as it was named or found. */
  readonly file: string;
}

/** Alerts of one principal within `incidentMinutes`. Those of more than one alert are closed with a timeline. */
export interface ReplayIncident {
  readonly id: string;
  /** Of its most severe alert. */
  readonly severity: Severity;
  /** Who, in words. */
  readonly actor: string;
  /** UTC, as CloudTrail writes it; `unknown` where the events have no time. */
  readonly firstTime: string;
  readonly lastTime: string;
  readonly alerts: number;
}

/** The outcomes of one detection's matches on one day (UTC); the numbers from `alerts` on add up to `matches`. */
export interface DayOutcome {
  /** `2026-11-20`; `unknown` where the events have no time. */
  readonly day: string;
  readonly matches: number;
  /** Sent at once, with this detection leading. */
  readonly alerts: number;
  /** In the alert of the same event that another detection leads. */
  readonly merged: number;
  readonly digested: number;
  /** Grouped: in the summary that follows an alert. */
  readonly grouped: number;
  /** Below the threshold of a detection that counts, or of one that is only counted. */
  readonly counted: number;
  readonly suppressed: number;
  /** The same event once more. */
  readonly duplicates: number;
}

/** One detection's matches in the logs. */
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

/** A file that could not be read, or a record that could not be processed. */
export type ReplayProblem = SourceProblem;

/** What a replay found. Plain data: every output is made of it alone. */
export interface ReplayResult {
  /** In the order of event time. */
  readonly alerts: readonly ReplayAlert[];
  /** In the order of their first alerts. */
  readonly incidents: readonly ReplayIncident[];
  /** Of every detection that matched anything, in the catalogue's order. */
  readonly detections: readonly DetectionOutcome[];
  /** How many detections were evaluated. */
  readonly asked: number;
  /** Suppressions that matched, with how many matches. */
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
    /** Records that could not be processed. */
    readonly processingErrors: number;
    /** The first of them. */
    readonly firstProcessingErrors: readonly ReplayProblem[];
  };
}
