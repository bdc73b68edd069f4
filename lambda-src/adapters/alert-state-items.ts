import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Acknowledgement } from "../../alerting/incidents/incident";
import type { ClosingWindow, Ending, Member, Particulars } from "../../alerting/windows/alert-state";
import type { Window, WindowKind } from "../../alerting/windows/window";
import type { OutcomeKind } from "../../detection/events/outcome";

/** An item of the table, or some of its attributes. */
export type Item = Record<string, AttributeValue>;

/**
 * Days that an item is remembered: longer than any message can wait. A queue keeps it for 4, its dead-letter queue for 14,
 * and a redrive may send it through both once more.
 */
const REMEMBERED_DAYS = 45;

/** Sort key of the item of a window itself; every other item under its key is a member. `#` sorts before any event's id. */
export const WINDOW = "#window";

export function keyOf(pk: string, sk: string): Item {
  return { pk: { S: pk }, sk: { S: sk } };
}

/** When an item that is written now may be forgotten: epoch seconds, as DynamoDB's time to live takes them. */
export function expiryOf(now: number): AttributeValue {
  return { N: String(Math.ceil(now / 1000) + REMEMBERED_DAYS * 24 * 3600) };
}

/** Of the item that says who has acknowledged an incident: the notifier writes it, the alert function reads it. */
export function acknowledgementId(incidentId: string): string {
  return `ack#${incidentId}`;
}

export function acknowledgementOf(item: Item): Acknowledgement {
  return { by: textOf(item, "by"), at: Number(item.at?.N ?? 0), through: textOf(item, "through") };
}

export function textOf(item: Item, attribute: string): string {
  return item[attribute]?.S ?? "";
}

export function closingWindow(id: string, item: Item): ClosingWindow {
  const numberOf = (attribute: string) => Number(item[attribute]?.N ?? 0);
  return {
    id,
    kind: textOf(item, "open") as WindowKind,
    detection: textOf(item, "detection"),
    title: textOf(item, "title"),
    severity: textOf(item, "severity") as Window["severity"],
    actor: textOf(item, "actor"),
    start: numberOf("startsAt"),
    end: numberOf("endsAt"),
    closesAt: numberOf("closesAt"),
    reported: numberOf("reported"),
  };
}

export function attributesOf(particulars: Particulars): Item {
  const { recordId, account, eventName, region, time, actor, outcome, eventId, category } = particulars;
  return {
    ...(recordId && { recordId: { S: recordId } }),
    ...(account && { account: { S: account } }),
    eventName: { S: eventName },
    region: { S: region },
    time: { S: time },
    ...(actor && { actor: { S: actor } }),
    ...(outcome && { outcome: { S: outcome } }),
    ...(eventId && { eventId: { S: eventId } }),
    ...(category && { category: { S: category } }),
  };
}

export function memberOf(item: Item): Member {
  const ending = item.ending?.S as Ending | undefined;
  return {
    id: textOf(item, "sk"),
    ...(item.recordId?.S && { recordId: item.recordId.S }),
    ...(item.account?.S && { account: item.account.S }),
    eventName: textOf(item, "eventName"),
    region: textOf(item, "region"),
    time: textOf(item, "time"),
    ...(item.actor?.S && { actor: item.actor.S }),
    ...(item.outcome?.S && { outcome: item.outcome.S as OutcomeKind }),
    ...(item.eventId?.S && { eventId: item.eventId.S }),
    ...(item.category?.S && { category: item.category.S }),
    ...(ending && { ending }),
    ...(item.incident?.S && { incident: item.incident.S }),
  };
}
