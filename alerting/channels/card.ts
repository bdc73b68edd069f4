import type { Severity } from "../../detection/definition/detection";
import type { IncidentRole } from "../incidents/incident";
import type { Account, Notification } from "../notification/notification";

/**
 * What every channel shows of a notification, before it is put into the channel's own form. Texts are plain: they may hold
 * anything that a caller chose to write, so each renderer escapes them.
 */
export interface Card {
  /** The same whenever the same is sent again. */
  readonly notificationId: string;
  /** `alarm`: a CloudWatch alarm on the monitor itself; `urgent`: EventBridge's short alert, without the function. */
  readonly kind: Notification["kind"] | "alarm" | "urgent";
  readonly severity: Severity;
  /** One line, at most 150 characters: `CreateAccessKey succeeded by ann in prod`. */
  readonly headline: string;
  /** One line: the detection's title, or what the notification is. */
  readonly title: string;
  /** Name and value, in the order in which they are read: Outcome, Who, What, From, When, Account, MFA … */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** Paragraphs in the order in which they are read, such as why it matters. */
  readonly paragraphs: readonly { readonly heading: string; readonly text: string }[];
  /** What to do, in order; `commands` are to be copied. */
  readonly steps: readonly { readonly text: string; readonly commands: readonly string[] }[];
  readonly links: readonly { readonly text: string; readonly url: string }[];
  /** Ids of what alerted: the leading detection first. */
  readonly detections: readonly string[];
  readonly account: Account;
  readonly region: string;
  /** When it happened, milliseconds since 1970; undefined where the record does not say. */
  readonly time?: number;
  /** Who, at its shortest; undefined where there are several. */
  readonly actor?: string;
  /** ARNs of what was touched. */
  readonly resources: readonly string[];
  readonly incident?: {
    readonly id: string;
    readonly role: IncidentRole;
    /** It rises by its outcome, not its severity: attempts as severe came before it, and no success. */
    readonly nowSucceeded?: true;
    /** Number of the alert in the incident, from 1; of a summary or timeline none. */
    readonly number?: number;
  };
  /** The notification itself, for channels that send it as it is; undefined for an alarm and EventBridge's short alert. */
  readonly notification?: Notification;
}

/** A CloudWatch alarm's name, by which its end is known to belong to its beginning; undefined of other cards. */
export function alarmName({ kind, facts }: Card): string | undefined {
  return kind === "alarm" ? facts.find(({ name }) => name === "Alarm")?.value : undefined;
}

/** Whether the card says that an alarm is over. */
export function isAlarmOver({ kind, facts }: Card): boolean {
  return kind === "alarm" && facts.some(({ name, value }) => name === "State" && value === "OK");
}

/** Id of the event of EventBridge's short alert, and of the alert that follows it; undefined of other cards. */
export function urgentEventId({ kind, facts, notification }: Card): string | undefined {
  if (kind === "urgent") return facts.find(({ name }) => name === "Event")?.value;
  return notification?.kind === "alert" && notification.followsUrgent ? notification.event.id : undefined;
}
