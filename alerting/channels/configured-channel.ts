import { createHash } from "node:crypto";
import type { Severity } from "../../detection/definition/detection";
import type { ChannelSettings } from "./channel";

/** A channel as the configuration says it, checked: what the notifier's environment variable `CHANNELS` holds. */
export interface ConfiguredChannel {
  /** What its state is kept under: type and 8 hex digits of a hash of type, secret and settings. */
  readonly id: string;
  readonly type: string;
  /** Name or ARN: a parameter of SSM where it begins with `/` or is one's ARN, else a secret of Secrets Manager. */
  readonly secret?: string;
  readonly minSeverity: Severity;
  /** Account ids; absent: all. */
  readonly accounts?: readonly string[];
  /** Ids of organizational units or roots that the account is in or below; absent: all. */
  readonly organizationalUnits?: readonly string[];
  /** Tags that the account has; absent: any. */
  readonly accountTags?: Readonly<Record<string, string>>;
  /** Ids of detections; absent: all. */
  readonly detections?: readonly string[];
  /** Notified only of critical alerts that nobody has acknowledged for so many minutes; absent: of each alert at once. */
  readonly escalateAfterMinutes?: number;
  readonly settings: ChannelSettings;
}

/** What a channel's state is kept under: the same as long as it writes to the same place. */
export function channelId({ type, secret, settings }: Pick<ConfiguredChannel, "type" | "secret" | "settings">): string {
  const said = Object.entries(settings).sort(([one], [other]) => (one < other ? -1 : 1));
  const hash = createHash("sha256").update(JSON.stringify([type, secret ?? "", said]));
  return `${type}-${hash.digest("hex").slice(0, 8)}`;
}
