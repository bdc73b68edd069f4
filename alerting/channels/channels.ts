import type { Channel } from "./channel";

/** Every kind of channel that there is. To add one, write its file and add it here. */
export const CHANNELS: readonly Channel[] = [];

/** The kind of channel of that name; undefined where there is none. */
export function channelOf(type: string, channels: readonly Channel[] = CHANNELS): Channel | undefined {
  return channels.find((channel) => channel.type === type);
}
