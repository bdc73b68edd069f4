import { isDeepStrictEqual } from "node:util";
import type { Card } from "../channels/card";
import type { Channel, SendTools, Thread } from "../channels/channel";
import type { ConfiguredChannel } from "../channels/configured-channel";
import { errorFields } from "../processing-error";
import type { Lease, Place } from "../windows/alert-state";
import { retryWrite } from "../windows/retry-write";
import { type StoredThread, windowIdOf } from "./channel-state";
import type { DeliveryPorts } from "./delivery-ports";
import { type Failure, failureOf } from "./failure";

/** What has become of one message in one channel. */
export type Delivered =
  | { readonly kind: "sent" | "duplicate" }
  /** To be tried again within seconds. */
  | { readonly kind: "waiting"; readonly reason: string }
  /** To be tried again, not before `retryAfterSeconds`. */
  | { readonly kind: "unavailable"; readonly reason: string; readonly retryAfterSeconds?: number }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "refused"; readonly reason: string };

/** Nothing is begun with less time left, in milliseconds: a send may take two requests of ten seconds each. */
const TIME_FOR_A_SEND_MS = 25_000;
/** How old a message may become while its incident's first one has not been sent in the channel, in milliseconds. */
const WAIT_FOR_PARENT_MS = 120_000;
/** The same of an alert more severe than all before it: a channel that takes none less severe has no message to wait for. */
const RISE_WAIT_MS = 10_000;

/** How long a channel is left alone that was unavailable and has not said for how long, in milliseconds. */
const REST_MS = 10_000;

const BUSY = { kind: "waiting", reason: "another invocation is sending it" } as const;

/** Sends cards to the channels, each once, in threads, for one invocation. */
export class Deliverer {
  /** Channels that have just been unavailable: nothing more of the batch is tried with them. */
  readonly #unavailable = new Map<string, Delivered>();

  constructor(private readonly ports: DeliveryPorts) {}

  /**
   * @param ageMs how old the card's message is
   * @returns what has become of it; never throws
   */
  async deliver(configured: ConfiguredChannel, card: Card, ageMs: number): Promise<Delivered> {
    const delivered = await this.#deliver(configured, card, ageMs);
    const { kind } = delivered;
    this.ports.tally.count(configured.id, kind === "duplicate" ? "duplicates" : kind);
    return delivered;
  }

  async #deliver(configured: ConfiguredChannel, card: Card, ageMs: number): Promise<Delivered> {
    const unavailable = this.#unavailable.get(configured.id) ?? this.#notYet(configured);
    if (unavailable) return unavailable;
    if (this.ports.remainingMs() < TIME_FOR_A_SEND_MS) return { kind: "waiting", reason: "no time left" };
    const channel = this.ports.channelOf(configured.type);
    if (!channel) return this.#refused(configured, card, unknownType(configured));
    try {
      const lease = this.ports.lease();
      const place = placeOf(configured, card);
      if (!channel.threads || !hasThread(card)) return await this.#claim(configured, channel, card, place, lease);
      return await this.#inThread(configured, channel, card, place, lease, ageMs);
    } catch (error) {
      // The state: what a channel throws is caught where it is sent.
      const fields = errorFields(this.ports.scrubber.error(error));
      this.ports.log.processingError("message can't be delivered", {
        channel: configured.id,
        ...about(card),
        ...fields,
      });
      return { kind: "failed", reason: `${configured.id}: ${fields.reason}` };
    }
  }

  /** It was unavailable to an invocation before this one, and is left alone for as long as it has asked for, or a moment. */
  #notYet({ id }: ConfiguredChannel): Delivered | undefined {
    const { now } = this.ports.lease();
    const until = this.ports.notBefore.get(id) ?? 0;
    if (until <= now) return undefined;
    const retryAfterSeconds = Math.ceil((until - now) / 1000);
    return { kind: "unavailable", reason: `${id}: was unavailable a moment ago, or asked to wait`, retryAfterSeconds };
  }

  async #inThread(
    configured: ConfiguredChannel,
    channel: Channel,
    card: Card,
    place: Place,
    lease: Lease,
    ageMs: number,
  ): Promise<Delivered> {
    const { state } = this.ports;
    const stored = await state.thread(place.windowId);
    if (stored) return this.#claim(configured, channel, card, place, lease, stored);
    if (waitsForParent(configured, card, ageMs)) return { kind: "waiting", reason: "its incident's first message" };
    const leased = await state.leaseThread(place.windowId, lease);
    if (leased === "busy") return { kind: "waiting", reason: "its incident's first message is being sent" };
    if (leased !== "leased") return this.#claim(configured, channel, card, place, lease, leased);
    const delivered = await this.#claim(configured, channel, card, place, lease, "first");
    if (delivered.kind !== "sent") await this.#release(() => state.releaseThread(place.windowId, lease));
    return delivered;
  }

  async #claim(
    configured: ConfiguredChannel,
    channel: Channel,
    card: Card,
    place: Place,
    lease: Lease,
    thread?: StoredThread | "first",
  ): Promise<Delivered> {
    const { state } = this.ports;
    const claim = await state.claim(place, lease);
    if (claim === "done") return { kind: "duplicate" };
    if (claim === "busy") return BUSY;
    let sent: Thread | undefined;
    try {
      const parent = thread === "first" ? undefined : thread?.thread;
      sent = await withTools(configured, this.ports, (tools) => channel.send(card, parent, tools));
    } catch (error) {
      await this.#release(() => state.release(place, lease));
      return this.#failed(configured, card, failureOf(error, this.ports.scrubber));
    }
    if (thread === "first") await this.#storeFirst(card, place, lease, sent);
    await retryWrite(() => state.confirm(place));
    if (thread !== undefined && thread !== "first") await this.#storeChanged(place, thread.thread, sent);
    return { kind: "sent" };
  }

  /** A summary or a timeline that has begun no thread leaves it to an alert to begin one. */
  async #storeFirst(card: Card, { windowId }: Place, lease: Lease, sent: Thread | undefined): Promise<void> {
    const { state } = this.ports;
    if (sent === undefined && card.kind !== "alert") return this.#release(() => state.releaseThread(windowId, lease));
    await retryWrite(() => state.storeThread(windowId, sent === undefined ? {} : { thread: sent }));
  }

  /** What a channel keeps in its thread may change with each message. The message is out: an error costs the change alone. */
  async #storeChanged({ windowId }: Place, before: Thread | undefined, sent: Thread | undefined): Promise<void> {
    if (sent === undefined || isDeepStrictEqual(sent, before)) return;
    try {
      await retryWrite(() => this.ports.state.storeThread(windowId, { thread: sent }));
    } catch (error) {
      this.ports.log.processingError("thread can't be put down", { ...errorFields(this.ports.scrubber.error(error)) });
    }
  }

  /** Without it the next try waits until the lease is over. */
  async #release(release: () => Promise<void>): Promise<void> {
    try {
      await release();
    } catch (error) {
      this.ports.log.processingError("claim can't be given back", { ...errorFields(this.ports.scrubber.error(error)) });
    }
  }

  #failed(configured: ConfiguredChannel, card: Card, failure: Failure): Delivered {
    if (failure.kind !== "unavailable") return this.#refused(configured, card, failure);
    const { reason, retryAfterSeconds, fields } = failure;
    const restMs = retryAfterSeconds === undefined ? REST_MS : retryAfterSeconds * 1000;
    this.ports.notBefore.set(configured.id, this.ports.lease().now + restMs);
    // The message comes again; what never gets through ends in the dead letters.
    this.ports.log.info("channel is unavailable", {
      channel: configured.id,
      retryAfterSeconds,
      ...about(card),
      ...fields,
    });
    const delivered = {
      kind: "unavailable",
      reason: `${configured.id}: ${reason}`,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    } as const;
    this.#unavailable.set(configured.id, delivered);
    return delivered;
  }

  #refused(
    configured: ConfiguredChannel,
    card: Card,
    { reason, fields }: Pick<Failure, "reason" | "fields">,
  ): Delivered {
    this.ports.log.processingError("channel refused the message", {
      channel: configured.id,
      ...about(card),
      ...fields,
    });
    return { kind: "refused", reason: `${configured.id}: ${reason}` };
  }
}

/**
 * Works with a channel's secret. After a refusal the secret is read again: one that was rotated meanwhile is tried once.
 *
 * @throws whatever the work throws
 */
export async function withTools<T>(
  configured: ConfiguredChannel,
  ports: Pick<DeliveryPorts, "tools">,
  work: (tools: SendTools) => Promise<T>,
): Promise<T> {
  const tools = await ports.tools(configured, false);
  try {
    return await work(tools);
  } catch (error) {
    if (Object(error).name !== "ChannelRefusal") throw error;
    const fresh = await ports.tools(configured, true);
    if (fresh.secret === tools.secret) throw error;
    return await work(fresh);
  }
}

export function placeOf({ id }: ConfiguredChannel, card: Card): Place {
  return { windowId: windowIdOf(id, card.incident?.id ?? card.notificationId), member: card.notificationId };
}

/** Of an incident, or an alert that is one of its own. */
function hasThread({ incident, kind }: Card): boolean {
  return incident !== undefined || kind === "alert";
}

/** A channel that takes only some accounts or detections may never get the incident's first alert. */
function waitsForParent({ accounts, detections }: ConfiguredChannel, { incident }: Card, ageMs: number): boolean {
  if (accounts !== undefined || detections !== undefined) return false;
  if (incident?.number === undefined || incident.number <= 1) return false;
  return ageMs < (incident.role === "rises" ? RISE_WAIT_MS : WAIT_FOR_PARENT_MS);
}

function unknownType({ type }: ConfiguredChannel): Pick<Failure, "reason" | "fields"> {
  const reason = `there is no channel of type ${JSON.stringify(type)}`;
  return { reason, fields: { reason } };
}

function about(card: Card): Readonly<Record<string, unknown>> {
  return { notification: card.notificationId, kind: card.kind, incident: card.incident?.id };
}
