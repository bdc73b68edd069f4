import { counted, cut, isoTime, oneLine } from "../../detection/events/text";
import type { Card } from "../channels/card";
import { cardOf, HEADLINE_LENGTH } from "../channels/card-of";
import type { Acknowledgement } from "../incidents/incident";
import { shortened } from "../notices/shortened";
import type { Notification } from "../notification/notification";
import { errorFields } from "../processing-error";
import { noteShown, showAcknowledgement, threadsOf } from "./acknowledge";
import type { OpenState, Unacknowledged } from "./channel-state";
import { type Deliverer, withTools } from "./deliver";
import type { DeliveryPorts } from "./delivery-ports";
import { failureOf } from "./failure";
import { admits } from "./route";

/** How long channels are asked who has acknowledged, in milliseconds. */
const ASK_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;
/** Bytes of a notification that the table keeps: an item may have 400 KB. */
const MAX_NOTIFICATION_BYTES = 100_000;
/** Nothing is begun with less time left, in milliseconds. */
const TIME_FOR_AN_INCIDENT_MS = 30_000;

/**
 * Puts a critical alert down to be acknowledged, where a channel can say who has, or it escalates to one. An update too: what it follows
 * may have been of an account that none of the channels takes, or be in the dead letters. What has been put down before stays as it is.
 */
export async function awaitAcknowledgement(card: Card, ports: DeliveryPorts): Promise<void> {
  const { notification, incident } = card;
  if (card.severity !== "critical" || notification?.kind !== "alert") return;
  const asks = ports.configured.some(
    (configured) =>
      admits(configured, card) &&
      (configured.escalateAfterMinutes !== undefined ||
        ports.channelOf(configured.type)?.acknowledgement !== undefined),
  );
  if (!asks) return;
  const incidentId = incidentOf(card);
  if (incident?.role === "rises") await noteEarlier(incidentId, ports);
  const before = await ports.state.acknowledgement(incidentId);
  await ports.state.openUnacknowledged({
    incidentId,
    title: card.title,
    actor: oneLine(card.actor ?? "", 200),
    time: card.time === undefined ? "" : isoTime(card.time),
    // After whatever was acknowledged of the incident until now: that it is critical is news.
    sentAt: Math.max(ports.lease().now, (before?.at ?? 0) + 1),
    notification: bounded(notification),
  });
}

/** Puts down who has taken the incident on while it was less severe, and no channel was asked. */
async function noteEarlier(incidentId: string, ports: DeliveryPorts): Promise<void> {
  if (ports.remainingMs() < TIME_FOR_AN_INCIDENT_MS || (await ports.state.acknowledgement(incidentId))) return;
  await asked({ incidentId, sentAt: 0 }, undefined, new Set(), ports);
}

/** An alert without an incident is one of its own. */
function incidentOf({ incident, notificationId }: Card): string {
  return incident?.id ?? notificationId;
}

function bounded(notification: Notification): Notification {
  for (const limit of [Number.POSITIVE_INFINITY, 2_000, 500]) {
    const shorter = limit === Number.POSITIVE_INFINITY ? notification : shortened(notification, limit);
    if (Buffer.byteLength(JSON.stringify(shorter)) <= MAX_NOTIFICATION_BYTES) return shorter as Notification;
  }
  return shortened(notification, 100) as Notification;
}

/**
 * Asks the channels who has acknowledged what, shows it in the others, and escalates what has waited long enough. One incident, and one
 * channel, holds up no other: a channel that can't be asked is asked no more in this round, and each round begins anywhere, so that all have
 * their turn where there are more incidents than a round has time for.
 *
 * @returns why, when it is to be done again at once
 */
export async function pollChannels(deliverer: Deliverer, ports: DeliveryPorts): Promise<string | undefined> {
  let failure: string | undefined;
  const silent = new Set<string>();
  const each = async (state: OpenState, work: (id: string) => Promise<void>): Promise<void> => {
    const ids: string[] = [];
    for await (const id of ports.state.openIncidents(state)) ids.push(id);
    const start = Math.floor(ports.random() * ids.length);
    for (const [index, id] of [...ids.slice(start), ...ids.slice(0, start)].entries()) {
      if (ports.remainingMs() < TIME_FOR_AN_INCIDENT_MS) {
        failure ??= `no time left for ${counted(ids.length - index, "incident")} of ${ids.length}`;
        return;
      }
      try {
        await work(id);
      } catch (error) {
        const fields = errorFields(ports.scrubber.error(error));
        failure = fields.reason;
        ports.log.processingError("incident can't be followed", { incident: id, ...fields });
      }
    }
  };
  await each("unacknowledged", async (id) => {
    const alert = await ports.state.unacknowledged(id);
    if (alert) await follow(alert, silent, deliverer, ports);
  });
  await each("acknowledged", (id) => finish(id, ports));
  return failure;
}

async function follow(
  alert: Unacknowledged,
  silent: Set<string>,
  deliverer: Deliverer,
  ports: DeliveryPorts,
): Promise<void> {
  const { incidentId, sentAt } = alert;
  // Who took the incident on before it was critical has not seen that it is.
  const before = await ports.state.acknowledgement(incidentId);
  if (before && before.at >= sentAt) {
    await ports.state.acknowledge(incidentId, before);
    return;
  }
  const age = ports.lease().now - sentAt;
  if (await asked(alert, before, silent, ports)) return;
  if (age > ASK_MS) {
    await ports.state.closeIncident(incidentId);
    return;
  }
  await escalate(alert, age, deliverer, ports);
}

/**
 * @param before an acknowledgement that does not count
 * @param silent channels, by id, that are not asked: one that is unavailable is added
 * @returns whether it is acknowledged
 */
async function asked(
  { incidentId, sentAt }: Pick<Unacknowledged, "incidentId" | "sentAt">,
  before: Acknowledgement | undefined,
  silent: Set<string>,
  ports: DeliveryPorts,
): Promise<boolean> {
  for (const { configured, channel, thread } of await threadsOf(incidentId, ports)) {
    const { acknowledgement } = channel;
    if (!acknowledgement || silent.has(configured.id)) continue;
    let found: Acknowledgement | undefined;
    let now = 0;
    try {
      found = await withTools(configured, ports, (tools) => {
        now = tools.now;
        return acknowledgement(thread, tools);
      });
    } catch (error) {
      const { kind, fields } = failureOf(error, ports.scrubber);
      // A minute of waiting for one vendor would be all the time of the round, and of those that escalate to another.
      if (kind === "unavailable") silent.add(configured.id);
      ports.log.processingError("channel can't be asked", { channel: configured.id, incident: incidentId, ...fields });
      continue;
    }
    if (!found) continue;
    const next = { ...found, by: oneLine(found.by, 200) || "unknown" };
    if (before && !isNews(next, before, sentAt, now)) continue;
    await noteShown(incidentId, configured, next, ports);
    await ports.state.acknowledge(incidentId, next, sentAt);
    ports.tally.incidents.acknowledged++;
    return true;
  }
  return false;
}

/** Of a channel that does not say when, the same name is the same reaction as before. */
function isNews(found: Acknowledgement, before: Acknowledgement, sentAt: number, now: number): boolean {
  if (found.at !== now) return found.at >= sentAt;
  return found.by !== before.by || found.through !== before.through;
}

/** What is refused or unavailable is tried again at the next round: it is a critical alert that waits. */
async function escalate(
  { incidentId, notification, sentAt }: Unacknowledged,
  age: number,
  deliverer: Deliverer,
  ports: DeliveryPorts,
): Promise<void> {
  const card = cardOf(notification, ports.labels);
  for (const configured of ports.configured) {
    const { escalateAfterMinutes } = configured;
    if (escalateAfterMinutes === undefined || age < escalateAfterMinutes * MINUTE_MS || !admits(configured, card))
      continue;
    const escalated = escalatedCard(card, incidentId, Math.floor(age / MINUTE_MS));
    const { kind } = await deliverer.deliver(configured, escalated, ports.lease().now - sentAt);
    if (kind === "sent") ports.tally.incidents.escalated++;
  }
}

/** The same card with what it is about in front, and as the first message that the channel gets of the incident. */
export function escalatedCard(card: Card, incidentId: string, minutes: number): Card {
  const waited = `Not acknowledged for ${counted(minutes, "minute")}`;
  return {
    ...card,
    notificationId: `${card.notificationId}-escalated`,
    headline: cut(`${waited}: ${card.headline}`, HEADLINE_LENGTH),
    facts: [{ name: "Escalated", value: waited }, ...card.facts],
    incident: { id: incidentId, role: "opens", number: 1 },
  };
}

async function finish(incidentId: string, ports: DeliveryPorts): Promise<void> {
  const [alert, acknowledgement] = [
    await ports.state.unacknowledged(incidentId),
    await ports.state.acknowledgement(incidentId),
  ];
  const isOld = alert !== undefined && ports.lease().now - alert.sentAt > ASK_MS;
  const missing = acknowledgement ? (await showAcknowledgement(incidentId, acknowledgement, ports)).missing : 0;
  if (missing === 0 || isOld) await ports.state.closeIncident(incidentId);
}
