import type { AccountPlace } from "../detection/events/account-scope";
import type { ReadLogFile } from "../detection/log-files/log-file";
import type { IncidentState } from "./incidents/incident-state";
import type { Log } from "./log";
import type { Task } from "./messages/message";
import type { RenderAlert } from "./notices/alert-renderer";
import type { incidentStep } from "./notices/incident-step";
import type { Labels } from "./notices/labels";
import type { Notice } from "./notices/notice";
import type { RenderRateLimit } from "./notices/rate-limit-notice";
import type { Match, matchesOf } from "./outcomes/match";
import type { Reach } from "./reach/reach-state";
import type { Tally } from "./tally";
import type { AlertState, Lease } from "./windows/alert-state";

/** What becomes of matches. */
export interface Alerting {
  readonly matchesOf: typeof matchesOf;
  /** @returns why, for every match that must come again */
  alert(matches: readonly Match[]): Promise<ReadonlyMap<Match, string>>;
}

/** What is known of the organization's accounts. */
export interface Accounts {
  /** Reads what is stored of them. Never rejects. */
  prepare(accounts: readonly string[]): Promise<void>;
  /** What was read; undefined where nothing is known of the account. */
  of(account: string): AccountPlace | undefined;
}

/** What the pipeline works with: the function hands in AWS's clients, tests and the command line what they like. */
export interface Ports {
  /** The bytes of a log file as stored. Rejects when it can't be fetched. */
  readonly fetchObject: (bucket: string, key: string) => Promise<Uint8Array>;
  readonly readLogFile: ReadLogFile;
  /** `Alerting` of one invocation, which the function reads from a file of its own when something matches. */
  readonly alerting: (ports: Ports, tally: Tally) => Alerting;
  /** The words of an alert. */
  readonly renderAlert: RenderAlert;
  /** An alert as a step of its incident. */
  readonly renderStep: typeof incidentStep;
  /** The words of the notice that alerts are rate-limited. */
  readonly renderRateLimit: RenderRateLimit;
  /** `performTask`, which the function reads from a file of its own when a schedule asks for it. */
  readonly performTask: (task: Task["task"], ports: Ports, tally: Tally) => Promise<string | undefined>;
  /** Rejects unless the topic has accepted the notice. */
  readonly publish: (notice: Notice) => Promise<void>;
  readonly store: AlertState;
  readonly incidents: IncidentState;
  /** How long alerts belong to the incident of the first, in milliseconds of event time. */
  readonly incidentMs: number;
  readonly log: Log;
  /** Milliseconds until the invocation is cut off. */
  readonly remainingMs: () => number;
  /** Who this invocation is, what time it is, and until when a claim made now is good: no longer than the invocation lasts. */
  readonly lease: () => Lease;
  /** Account and region of the function. */
  readonly account: string;
  readonly region: string;
  readonly maxAlertsPerHour: number;
  /** What readers call accounts, and their time zone. */
  readonly labels: Labels;
  /** The organization's accounts, for suppressions that ask for organizational units or tags; absent where there is none. */
  readonly accounts?: Accounts | undefined;
  /** Name of the log archive's bucket, where it is known. */
  readonly archive?: string;
  /** What is watched beyond the home region and the own account; undefined where nothing is. */
  readonly reach?: Reach | undefined;
  /** Is called with the key of each log file that was read, where an organization's accounts send them. Never rejects. */
  readonly logFileRead?: (key: string) => Promise<void>;
  /** Milliseconds from the event to its alert, of each alert. */
  readonly publishedAfter: (ms: number) => void;
}
