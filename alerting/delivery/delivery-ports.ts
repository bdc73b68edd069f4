import type { Channel, SendTools } from "../channels/channel";
import type { ConfiguredChannel } from "../channels/configured-channel";
import type { Log } from "../log";
import type { Labels } from "../notices/labels";
import type { Lease } from "../windows/alert-state";
import type { ChannelState } from "./channel-state";
import type { DeliveryTally } from "./delivery-tally";
import type { Scrubber } from "./scrubber";

/** What delivery works with: the notifier hands in AWS's clients, tests what they like. */
export interface DeliveryPorts {
  readonly configured: readonly ConfiguredChannel[];
  /** The kind of channel of that name. */
  readonly channelOf: (type: string) => Channel | undefined;
  /**
   * What a channel's sender works with, the secret's value included.
   *
   * @param reread reads the secret again where it has been kept for a while
   * @throws ChannelRefusal where the secret can't be read, ChannelUnavailable where it can't be now
   */
  readonly tools: (channel: ConfiguredChannel, reread: boolean) => Promise<SendTools>;
  readonly state: ChannelState;
  /** Until when channels, by id, are left alone because they were unavailable, in milliseconds since 1970: kept from one invocation to the next. */
  readonly notBefore: Map<string, number>;
  /** Scrubbed. */
  readonly log: Log;
  readonly scrubber: Scrubber;
  readonly tally: DeliveryTally;
  readonly labels: Labels;
  /** Milliseconds until the invocation is cut off. */
  readonly remainingMs: () => number;
  /** Who this invocation is, what time it is, and until when a claim made now is good. */
  readonly lease: () => Lease;
  /** From 0 to below 1, for the jitter of waits. */
  readonly random: () => number;
}
