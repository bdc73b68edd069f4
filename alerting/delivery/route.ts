import type { Severity } from "../../detection/definition/detection";
import type { Card } from "../channels/card";
import type { ConfiguredChannel } from "../channels/configured-channel";

const RANK: Readonly<Record<Severity, number>> = { low: 0, medium: 1, high: 2, critical: 3 };

/**
 * Whether the channel is one for the card, at once or later: its least severity, its accounts, its detections (any of the card's).
 *
 * Summaries, timelines, digests and rate-limit notices go by the same. An alarm on the monitor and EventBridge's short alert go to no
 * channel that takes only some accounts or detections: they are of the monitor, or not certain to say.
 */
export function admits(channel: ConfiguredChannel, card: Card): boolean {
  const { minSeverity, accounts, detections } = channel;
  if (RANK[card.severity] < RANK[minSeverity]) return false;
  if (card.kind === "alarm" || card.kind === "urgent") return accounts === undefined && detections === undefined;
  if (accounts !== undefined && !accounts.includes(card.account.id)) return false;
  return detections === undefined || card.detections.some((id) => detections.includes(id));
}

/** The channels that get the card at once. */
export function channelsFor(card: Card, channels: readonly ConfiguredChannel[]): readonly ConfiguredChannel[] {
  return channels.filter((channel) => channel.escalateAfterMinutes === undefined && admits(channel, card));
}
