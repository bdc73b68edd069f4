import type { Severity } from "../../detection/definition/detection";
import type { IdentityKind } from "../../detection/events/identity";
import type { JsonObject } from "../../detection/events/json";
import type { OutcomeKind } from "../../detection/events/outcome";
import type { IncidentRole } from "../incidents/incident";

/** Version of the notifications' schema, `docs/alert-schema.json`: the first number changes with what breaks a reader, the second with what is added. */
export const NOTIFICATION_VERSION = "1.0";

/** What machines read: the JSON of https and sqs subscribers, of the webhook, and what the channels' cards are made from. */
export type Notification =
  | AlertNotification
  | SummaryNotification
  | TimelineNotification
  | DigestNotification
  | RateLimitNotification;

interface Common {
  readonly version: typeof NOTIFICATION_VERSION;
  /** The same whenever the same is published again. */
  readonly id: string;
  readonly severity: Severity;
  readonly account: Account;
  /** Of a summary of several regions `several`; of a digest and the rate limit where they are sent from. */
  readonly region: string;
  /** It was too large for SNS: texts, lists and objects are cut further. */
  readonly shortened?: true;
}

export interface Account {
  readonly id: string;
  readonly name?: string;
  /** Id of its organization, where that is known to have it. */
  readonly organization?: string;
  /** Ids from the organization's root down to the unit that the account is in; absent where they are not known. */
  readonly organizationalUnits?: readonly string[];
  /** Of its tags, those that the configuration routes or suppresses by; absent where they are not known. */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface NamedDetection {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
}

/** The incident that a notification belongs to. */
export interface IncidentReference {
  readonly id: string;
  /** UTC, as `2026-11-20T02:14:05Z`. */
  readonly startedAt: string;
  readonly role: IncidentRole;
  /** Of one that rises by its outcome, not its severity: attempts as severe came before it, and no success. Absent otherwise. */
  readonly nowSucceeded?: true;
  /** Number of the alert in the incident, from 1. */
  readonly number: number;
}

export interface Actor {
  /** The shortest that a reader knows them by: `ann`, `ann@example.com (AdministratorAccess)`, `root`. */
  readonly name: string;
  /** In words, with account and session. */
  readonly description: string;
  readonly kind: IdentityKind;
  /** Of the user, or of the role that a session was issued for. */
  readonly principalArn?: string;
  /** Name of a role's or federated user's session. */
  readonly session?: string;
  /** What the session was issued for: the record's `sessionContext.sessionIssuer`. */
  readonly sessionIssuer?: { readonly type?: string; readonly arn?: string; readonly name?: string };
  readonly sourceIdentity?: string;
  /** Id of the IAM Identity Center user that the call was made for. */
  readonly onBehalfOf?: string;
  /** The AWS service that made the call in the caller's name. */
  readonly invokedBy?: string;
  /** Account of the caller, which may be another than the call was made in. */
  readonly account?: string;
  readonly accessKeyId?: string;
  /** Whether the caller used MFA; absent where the record doesn't say. */
  readonly mfa?: boolean;
}

export interface Resource {
  readonly arn?: string;
  /** As CloudTrail has it: `AWS::S3::Bucket`. */
  readonly type?: string;
  readonly account?: string;
}

export interface AlertNotification extends Common {
  readonly kind: "alert";
  /** Leads: the most severe that matched and alerts. */
  readonly detection: NamedDetection & {
    readonly attack?: { readonly technique: string; readonly tactic: string };
    readonly cis?: readonly string[];
  };
  /** The others that match the event, most severe first. */
  readonly alsoMatched: readonly NamedDetection[];
  readonly incident?: IncidentReference;
  /** EventBridge has sent a short alert to the urgent topic; this one has the details. */
  readonly followsUrgent?: true;
  readonly event: {
    readonly id: string;
    readonly name: string;
    readonly source: string;
    readonly time: string;
    readonly requestId?: string;
    readonly sharedEventId?: string;
    /** `event`: an EventBridge rule; `log`: a log file. */
    readonly path: "event" | "log";
  };
  readonly outcome: OutcomeKind;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly actor: Actor;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  /** What exactly, in words: `policy AdministratorAccess on user bob`. */
  readonly what: string;
  /** Those that the record names or, where it names none, the ARNs in request and response. */
  readonly resources: readonly Resource[];
  /** As CloudTrail has them, long texts and lists cut; null where the record has none. */
  readonly request: JsonObject | null;
  readonly response: JsonObject | null;
  readonly why: string;
  readonly remediation: {
    readonly check: string;
    readonly command: string;
    readonly contain: string;
    readonly undo: readonly string[];
    readonly stopCaller?: { readonly text: string; readonly commands: readonly string[] };
  };
  /** Of a detection that counts. */
  readonly count?: { readonly threshold: number; readonly windowStart: string; readonly windowEnd: string };
  /** Absent where the event has no address, such as in a partition without a public console. */
  readonly links: { readonly event?: string };
}

/** How many calls came to what. */
export type OutcomeCounts = { readonly [outcome in OutcomeKind | "unknown"]?: number };

export interface CallerCounts {
  readonly actor: string;
  readonly count: number;
  readonly outcomes: OutcomeCounts;
}

/** An event that a summary names. */
export interface SummarizedEvent {
  /** Absent where the record has none. */
  readonly id?: string;
  readonly name: string;
  readonly region: string;
  readonly actor: string;
  readonly outcome: OutcomeKind | "unknown";
}

export interface SummaryNotification extends Common {
  readonly kind: "summary";
  readonly detection: NamedDetection;
  readonly incident?: { readonly id: string };
  /** Events that no summary has reported before. */
  readonly count: number;
  /** All events of the window that got no alert of their own; everything below is of these. */
  readonly total: number;
  /** Of these, how many the rate limit has held back. */
  readonly rateLimited: number;
  readonly outcomes: OutcomeCounts;
  /** The event that got an alert of its own; absent where none did. */
  readonly alerted?: SummarizedEvent;
  /** The first that got none. */
  readonly firstEvent?: SummarizedEvent;
  readonly actors: readonly CallerCounts[];
  readonly otherActors?: { readonly actors: number; readonly count: number; readonly outcomes: OutcomeCounts };
  readonly calls: readonly { readonly name: string; readonly count: number }[];
  readonly regions: readonly string[];
  readonly windowStart: string;
  readonly windowEnd: string;
  /** `unknown` where no record says. */
  readonly firstTime: string;
  readonly lastTime: string;
  /** The headline in words: `3 more in 15 min, 1 succeeded`. */
  readonly news: string;
  readonly links: { readonly event?: string };
}

export interface TimelineNotification extends Common {
  readonly kind: "timeline";
  readonly incident: { readonly id: string; readonly startedAt: string; readonly endedAt: string };
  /** Who, in words. */
  readonly actor: string;
  /** In the order of event time; what, when, from where, what came of it. */
  readonly steps: readonly {
    readonly time: string;
    readonly eventName: string;
    readonly outcome: OutcomeKind;
    readonly what: string;
    readonly sourceIPAddress: string;
    readonly account: Account;
    readonly region: string;
    readonly detection: NamedDetection;
    readonly eventId: string;
  }[];
  /** Alerts beyond those in `steps`. */
  readonly more: number;
  readonly acknowledged?: { readonly by: string; readonly at: string; readonly through: string };
}

export interface DigestNotification extends Common {
  readonly kind: "digest";
  /** `2026-11-20`, or `2026-11-20 to 2026-11-21`. */
  readonly day: string;
  readonly count: number;
  readonly detections: readonly (NamedDetection & {
    readonly count: number;
    readonly outcomes: OutcomeCounts;
    readonly actors: readonly CallerCounts[];
    readonly otherActors?: { readonly actors: number; readonly count: number; readonly outcomes: OutcomeCounts };
    readonly calls: readonly { readonly name: string; readonly count: number }[];
    readonly regions: readonly string[];
  })[];
  /** Critical alerts that nobody has acknowledged, where a channel can tell. */
  readonly unacknowledged: readonly {
    readonly incidentId: string;
    readonly title: string;
    readonly actor: string;
    readonly time: string;
  }[];
  /** Accounts of the organization that send no log files; absent where there are none. */
  readonly silentAccounts?: readonly {
    readonly account: Account;
    /** Region of the newest log file; absent where the account has never sent one. */
    readonly region?: string;
    /** When that was made. */
    readonly lastLogFile?: string;
  }[];
}

export interface RateLimitNotification extends Common {
  readonly kind: "rate-limit";
  readonly limit: number;
  readonly until: string;
}
