import type { Acknowledgement } from "../incidents/incident";
import type { Card } from "./card";

/** What a user may say of a channel beyond what every channel has (`type`, `secret`, `minSeverity`, `accounts`, `detections`, `escalateAfterMinutes`). */
export interface ChannelSetting {
  readonly required: boolean;
  /** What the value must match. */
  readonly pattern: RegExp;
  /** What is allowed, after `must be`: `a Slack channel's id such as C0123456789`. */
  readonly allowed: string;
  /** A line of the docs. */
  readonly docs: string;
}

/** A permission that the notifier's role needs, as data: ARNs with `{partition}`, `{region}`, `{account}` in them. */
export interface ChannelPermission {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** The settings of one channel, by name, as the configuration has them. */
export type ChannelSettings = Readonly<Record<string, string | undefined>>;

/** An HTTPS request, before it is sent. */
export interface ChannelRequest {
  readonly method: "POST" | "PUT" | "PATCH" | "GET";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the vendor answered. */
export interface ChannelAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** At most 64 KB. */
  readonly body: string;
}

/** What a channel's sender works with. */
export interface SendTools {
  /** The secret's value as it is now; never to be logged, nor put into an error. */
  readonly secret: string;
  readonly settings: ChannelSettings;
  /** Sends over HTTPS, without following redirects. Rejects with a `ChannelUnavailable` when there is no answer in time. */
  readonly request: (request: ChannelRequest) => Promise<ChannelAnswer>;
  /** Publishes to the topic for Amazon Q Developer. */
  readonly publishToChatTopic: (message: string) => Promise<void>;
  /** Imports findings into Security Hub; gives what was refused. */
  readonly importFindings: (
    findings: readonly object[],
  ) => Promise<readonly { readonly code: string; readonly message: string }[]>;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Where a channel put an incident's first message, so that later ones follow it: its own words, at most 1 KB. */
export type Thread = Readonly<Record<string, string>>;

/** The vendor can't be reached, is overloaded or rate-limits: try again, not before `retryAfterSeconds`. */
export class ChannelUnavailable extends Error {
  override readonly name = "ChannelUnavailable";
  constructor(
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

/** The vendor refuses the message, and would again: the message says its words and what to do. */
export class ChannelRefusal extends Error {
  override readonly name = "ChannelRefusal";
}

/**
 * A kind of channel: one file with its renderer, sender, configuration and permissions. To add one, write its file and add it to
 * `channels.ts`.
 */
export interface Channel {
  /** As in the configuration. */
  readonly type: string;
  /** What people call it: `Slack`. */
  readonly label: string;
  readonly settings: Readonly<Record<string, ChannelSetting>>;
  /** What the secret holds, for docs and errors; undefined where the channel needs none. */
  readonly secret: string | undefined;
  /** Whether later messages of an incident follow its first one in a thread, or are added to its alert. */
  readonly threads: boolean;
  readonly permissions: (settings: ChannelSettings) => readonly ChannelPermission[];
  /**
   * The message in the vendor's form, within its limits: pure, and what the golden files hold.
   *
   * @param thread of the incident's first message; undefined for the first
   */
  readonly render: (card: Card, settings: ChannelSettings, thread: Thread | undefined) => object;
  /**
   * Renders and sends.
   *
   * @returns the thread as it is from now on, where the channel has any: kept for the incident's next message
   * @throws ChannelUnavailable or ChannelRefusal
   */
  readonly send: (card: Card, thread: Thread | undefined, tools: SendTools) => Promise<Thread | undefined>;
  /**
   * Who has acknowledged the incident in the channel; undefined where nobody has yet. Its time is the tools' `now` where the channel does
   * not say when. Absent where the channel can't say.
   *
   * @throws ChannelUnavailable or ChannelRefusal
   */
  readonly acknowledgement?: (thread: Thread, tools: SendTools) => Promise<Acknowledgement | undefined>;
  /**
   * Shows in the channel who has acknowledged the incident elsewhere. Absent where the channel can't.
   *
   * @returns the thread as it is from now on, where that changes it: kept for the incident's next message
   * @throws ChannelUnavailable or ChannelRefusal
   */
  readonly acknowledge?: (
    thread: Thread,
    acknowledgement: Acknowledgement,
    tools: SendTools,
  ) => Promise<Thread | undefined>;
}
