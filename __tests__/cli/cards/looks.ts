import { amazonQ } from "../../../alerting/channels/amazon-q";
import type { Card } from "../../../alerting/channels/card";
import { CHANNELS, channelOf } from "../../../alerting/channels/channels";
import type { Look } from "../../../cli/cards/look";
import { lookOf } from "../../../cli/cards/look-of";

/** The channel of that type as people see it. */
export function look(type: string, ...cards: readonly Card[]): Look {
  return lookOf(channelOf(type, CHANNELS) ?? amazonQ, cards, type === "slack" ? { channel: "C0123456789" } : {});
}
