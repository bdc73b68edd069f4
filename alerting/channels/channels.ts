import type { Channel } from "./channel";

/** Every kind of channel that a configuration may name. */
export const CHANNELS: readonly Channel[] = [];
