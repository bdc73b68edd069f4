import type { Channel, Thread } from "../channels/channel";
import type { ConfiguredChannel } from "../channels/configured-channel";
import type { Acknowledgement } from "../incidents/incident";
import type { Place } from "../windows/alert-state";
import { retryWrite } from "../windows/retry-write";
import { windowIdOf } from "./channel-state";
import { withTools } from "./deliver";
import type { AcknowledgeCommand } from "./delivery-message";
import type { DeliveryPorts } from "./delivery-ports";
import { failureOf } from "./failure";

/** Where it is put down that a channel shows who has acknowledged: of an incident that has risen since, it shows the next one too. */
function shownPlace(channelId: string, incidentId: string, { at }: Acknowledgement): Place {
  return { windowId: windowIdOf(channelId, incidentId), member: `~acknowledged ${at}` };
}

/** What an acknowledgement through a direct invocation is answered. */
export interface Acknowledged {
  readonly incident: string;
  /** `already`: another has before, whom `by` names. */
  readonly result: "acknowledged" | "already" | "unknown";
  readonly by?: string;
  /** UTC, ISO 8601. */
  readonly at?: string;
  readonly through?: string;
  /** What is wrong and what to do, where the incident is not known. */
  readonly message?: string;
  /** Channels that show it now. */
  readonly shownIn: readonly string[];
}

/** Takes an incident on for a person who says so, and shows it in the channels. */
export async function acknowledgeCommand(
  { incident, by }: AcknowledgeCommand,
  ports: DeliveryPorts,
): Promise<Acknowledged> {
  const known = await ports.state.knowsIncident(
    incident,
    ports.configured.map(({ id }) => id),
  );
  if (!known) {
    const message = `No alert of the last 45 days has the incident ${JSON.stringify(incident)}. Take the id from the alert.`;
    ports.log.processingError("incident to acknowledge is unknown", { incident, by });
    return { incident, result: "unknown", message, shownIn: [] };
  }
  const mine = { by, at: ports.lease().now, through: "command" };
  const waits = await ports.state.unacknowledged(incident);
  const first = await ports.state.acknowledge(incident, mine, waits?.sentAt);
  const { shownIn, missing } = await showAcknowledgement(incident, first, ports);
  if (missing === 0) await ports.state.closeIncident(incident);
  const isMine = first.by === mine.by && first.at === mine.at && first.through === mine.through;
  if (isMine) ports.tally.incidents.acknowledged++;
  return {
    incident,
    result: isMine ? "acknowledged" : "already",
    by: first.by,
    at: new Date(first.at).toISOString(),
    through: first.through,
    shownIn,
  };
}

/**
 * Shows in the channels who has acknowledged, once in each. A refusal is a processing error, and is not tried again.
 *
 * @returns the channels that show it since, and how many are still to
 */
export async function showAcknowledgement(
  incidentId: string,
  acknowledgement: Acknowledgement,
  ports: DeliveryPorts,
): Promise<{ readonly shownIn: readonly string[]; readonly missing: number }> {
  const shownIn: string[] = [];
  let missing = 0;
  for (const { configured, channel, thread } of await threadsOf(incidentId, ports)) {
    const { acknowledge } = channel;
    if (!acknowledge) continue;
    const place = shownPlace(configured.id, incidentId, acknowledgement);
    const lease = ports.lease();
    const claim = await ports.state.claim(place, lease);
    if (claim === "busy") missing++;
    if (claim !== "claimed") continue;
    try {
      const changed = await withTools(configured, ports, (tools) => acknowledge(thread, acknowledgement, tools));
      // Else the incident's next message would take the acknowledgement off its first one again.
      if (changed !== undefined) await ports.state.storeThread(place.windowId, { thread: changed });
      shownIn.push(configured.id);
    } catch (error) {
      const { kind, fields } = failureOf(error, ports.scrubber);
      ports.log.processingError("acknowledgement can't be shown", {
        channel: configured.id,
        incident: incidentId,
        ...fields,
      });
      if (kind === "unavailable") {
        missing++;
        await ports.state.release(place, lease);
        continue;
      }
    }
    await retryWrite(() => ports.state.confirm(place));
  }
  return { shownIn, missing };
}

/** The channel that it was acknowledged in shows it already. */
export async function noteShown(
  incidentId: string,
  { id }: ConfiguredChannel,
  acknowledgement: Acknowledgement,
  ports: DeliveryPorts,
): Promise<void> {
  await retryWrite(() => ports.state.confirm(shownPlace(id, incidentId, acknowledgement)));
}

export interface ChannelThread {
  readonly configured: ConfiguredChannel;
  readonly channel: Channel;
  readonly thread: Thread;
}

/** The channels that have got the incident's first message, with where it is. */
export async function threadsOf(incidentId: string, ports: DeliveryPorts): Promise<readonly ChannelThread[]> {
  const found: ChannelThread[] = [];
  for (const configured of ports.configured) {
    const channel = ports.channelOf(configured.type);
    if (!channel?.threads) continue;
    const stored = await ports.state.thread(windowIdOf(configured.id, incidentId));
    if (stored?.thread) found.push({ configured, channel, thread: stored.thread });
  }
  return found;
}
