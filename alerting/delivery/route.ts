import type { Severity } from "../../detection/definition/detection";
import { inScope } from "../../detection/events/account-scope";
import type { Card } from "../channels/card";
import type { ConfiguredChannel } from "../channels/configured-channel";

const RANK: Readonly<Record<Severity, number>> = { low: 0, medium: 1, high: 2, critical: 3 };

/**
 * Whether the channel is one for the card, at once or later: its least severity, its accounts, organizational units and tags, its
 * detections (any of the card's). Where units or tags are not known, the card is sent: an alert more is better than one lost.
 *
 * Summaries, timelines, digests and rate-limit notices go by the same. An alarm on the monitor and EventBridge's short alert go to no
 * channel that takes only some accounts or detections: they are of the monitor, or not certain to say.
 */
export function admits(channel: ConfiguredChannel, card: Card): boolean {
  const { minSeverity, accounts, organizationalUnits, accountTags, detections } = channel;
  if (RANK[card.severity] < RANK[minSeverity]) return false;
  if (card.kind === "alarm" || card.kind === "urgent") {
    return [accounts, organizationalUnits, accountTags, detections].every((each) => each === undefined);
  }
  if (inScope(channel, card.account.id, card.account) === false) return false;
  return detections === undefined || card.detections.some((id) => detections.includes(id));
}

/** The channels that get the card at once. */
export function channelsFor(card: Card, channels: readonly ConfiguredChannel[]): readonly ConfiguredChannel[] {
  return channels.filter((channel) => channel.escalateAfterMinutes === undefined && admits(channel, card));
}
