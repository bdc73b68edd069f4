import type { Card } from "../channels/card";
import type { ConfiguredChannel } from "../channels/configured-channel";
import { errorFields } from "../processing-error";
import { type Acknowledged, acknowledgeCommand } from "./acknowledge";
import { backoffSeconds } from "./backoff";
import { type Delivered, Deliverer, placeOf } from "./deliver";
import type { DeliveryMessage } from "./delivery-message";
import type { DeliveryPorts } from "./delivery-ports";
import { awaitAcknowledgement, pollChannels } from "./escalate";
import { channelsFor } from "./route";

/** Seconds until a message is tried again that waits for its turn. */
const WAIT_SECONDS = 5;

/** How often channels are asked, in milliseconds. */
const ROUND_MS = 300_000;

/** What is to be done with one message. */
export interface Disposition {
  readonly message: DeliveryMessage;
  /** Goes to the dead letters, for these channels where it was sent to others. */
  readonly dead?: { readonly reason: string; readonly channels: readonly ConfiguredChannel[] };
  /** Comes again. */
  readonly again?: { readonly reason: string; readonly seconds: number };
  /** What a direct invocation is answered. */
  readonly answer?: Acknowledged;
}

type CardMessage = DeliveryMessage & { readonly content: { readonly kind: "card"; readonly card: Card } };

/**
 * Delivers an invocation's messages: the channels side by side, in each the messages of an incident in their order. Whatever one message or
 * one channel does holds up no other.
 */
export async function processDeliveries(
  messages: readonly DeliveryMessage[],
  ports: DeliveryPorts,
): Promise<readonly Disposition[]> {
  const deliverer = new Deliverer(ports);
  const cards = messages.filter((message): message is CardMessage => message.content.kind === "card");
  const delivered = await deliverCards(cards, deliverer, ports);
  const dispositions: Disposition[] = [];
  for (const message of messages) {
    ports.tally.messages.received++;
    const outcomes = delivered.get(message);
    dispositions.push(outcomes ? ofOutcomes(message, outcomes, ports) : await other(message, deliverer, ports));
  }
  return dispositions;
}

/** Per channel; undefined for what concerns none. */
type Outcomes = readonly (readonly [ConfiguredChannel | undefined, Delivered])[];

async function deliverCards(
  cards: readonly CardMessage[],
  deliverer: Deliverer,
  ports: DeliveryPorts,
): Promise<ReadonlyMap<DeliveryMessage, Outcomes>> {
  const inOrder = [...cards].sort(byIncident);
  const found = new Map<DeliveryMessage, [ConfiguredChannel | undefined, Delivered][]>(
    cards.map((message) => [message, []]),
  );
  const work = ports.configured.map(async (channel) => {
    for (const message of inOrder) {
      const { card } = message.content;
      if (!channelsFor(card, [channel]).length) continue;
      if (await wasGivenUp(message, channel, ports)) continue;
      found.get(message)?.push([channel, await deliverer.deliver(channel, card, ageOf(message, ports))]);
    }
  });
  await Promise.all(work);
  for (const message of cards) {
    try {
      await awaitAcknowledgement(message.content.card, ports);
    } catch (error) {
      const { reason, ...fields } = errorFields(ports.scrubber.error(error));
      ports.log.processingError("alert can't be put down to be acknowledged", { reason, ...fields });
      found.get(message)?.push([undefined, { kind: "failed", reason }]);
    }
  }
  return found;
}

/** First alerts of incidents first, then by number; what has none last, by time. */
function byIncident({ content: { card: a } }: CardMessage, { content: { card: b } }: CardMessage): number {
  const keyOf = ({ incident, time }: Card) => [incident?.number ?? Number.MAX_SAFE_INTEGER, time ?? 0] as const;
  const [aNumber, aTime] = keyOf(a);
  const [bNumber, bTime] = keyOf(b);
  return aNumber - bNumber || aTime - bTime;
}

function ageOf({ queued }: DeliveryMessage, ports: DeliveryPorts): number {
  // Nothing brings the message of a direct invocation again.
  return queued ? ports.lease().now - queued.sentAt : Number.POSITIVE_INFINITY;
}

/** Whether this very message has gone to the dead letters for the channel; moved back from there, it is another. */
async function wasGivenUp(
  { queued, content }: CardMessage,
  channel: ConfiguredChannel,
  ports: DeliveryPorts,
): Promise<boolean> {
  if (!queued || queued.origin.receives <= 1) return false;
  try {
    return await ports.state.isConfirmed(givenUpPlace(channel, content.card, queued.id));
  } catch {
    // What can't be read now costs another try at the worst.
    return false;
  }
}

/** Where it is put down that a message has gone to the dead letters for a channel. */
export function givenUpPlace(channel: ConfiguredChannel, card: Card, messageId: string) {
  return { ...placeOf(channel, card), member: `~dead ${messageId}` };
}

function ofOutcomes(message: DeliveryMessage, outcomes: Outcomes, ports: DeliveryPorts): Disposition {
  const refused = outcomes.flatMap(([channel, outcome]) =>
    channel && outcome.kind === "refused" ? [{ channel, reason: outcome.reason }] : [],
  );
  const pending = outcomes.flatMap(([, outcome]) =>
    ["waiting", "unavailable", "failed"].includes(outcome.kind) ? [outcome as Pending] : [],
  );
  return {
    message,
    ...(refused.length > 0 && {
      dead: {
        reason: refused.map(({ reason }) => reason).join("; "),
        channels: refused.map(({ channel }) => channel),
      },
    }),
    ...(pending.length > 0 && { again: againAfter(message, pending, ports) }),
  };
}

type Pending = Extract<Delivered, { readonly kind: "waiting" | "unavailable" | "failed" }>;

/** As soon as the first of its channels may be tried again. */
function againAfter({ queued }: DeliveryMessage, pending: readonly Pending[], ports: DeliveryPorts) {
  const seconds = pending.map((outcome) => {
    if (outcome.kind === "waiting") return WAIT_SECONDS;
    const retryAfter = outcome.kind === "unavailable" ? outcome.retryAfterSeconds : undefined;
    return backoffSeconds(queued?.origin.receives ?? 1, retryAfter, ports.random());
  });
  return { reason: pending.map(({ reason }) => reason).join("; "), seconds: Math.min(...seconds) };
}

async function other(message: DeliveryMessage, deliverer: Deliverer, ports: DeliveryPorts): Promise<Disposition> {
  const { content } = message;
  switch (content.kind) {
    case "unreadable":
      ports.log.processingError("message can't be read", { messageId: message.queued?.id, reason: content.reason });
      return { message, dead: { reason: content.reason, channels: [] } };
    case "acknowledge":
      return tried(message, ports, async () => ({ message, answer: await acknowledgeCommand(content, ports) }));
    case "poll-channels":
      return tried(message, ports, async () => {
        const failure = await pollChannels(deliverer, ports);
        return failure === undefined ? { message } : nextRound(message, failure, ports);
      });
    default:
      return { message };
  }
}

async function tried(
  message: DeliveryMessage,
  ports: DeliveryPorts,
  work: () => Promise<Disposition>,
): Promise<Disposition> {
  try {
    return await work();
  } catch (error) {
    const { reason, ...fields } = errorFields(ports.scrubber.error(error));
    ports.log.processingError("task can't be performed", { task: message.content.kind, reason, ...fields });
    return message.content.kind === "poll-channels" ? nextRound(message, reason, ports) : again(message, reason, ports);
  }
}

/** Until the schedule's next message is there; with that, an older one would only double the work. */
function nextRound(message: DeliveryMessage, reason: string, ports: DeliveryPorts): Disposition {
  if (!message.queued || ageOf(message, ports) < ROUND_MS) return again(message, reason, ports);
  ports.log.processingError("round is left to the next one", { messageId: message.queued.id, reason });
  return { message };
}

function again(message: DeliveryMessage, reason: string, ports: DeliveryPorts): Disposition {
  return {
    message,
    again: { reason, seconds: backoffSeconds(message.queued?.origin.receives ?? 1, undefined, ports.random()) },
  };
}
