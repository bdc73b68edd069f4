import type { AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Thread } from "../../alerting/channels/channel";
import {
  type ChannelState,
  type OpenState,
  type StoredThread,
  type Unacknowledged,
  windowIdOf,
} from "../../alerting/delivery/channel-state";
import type { Acknowledgement } from "../../alerting/incidents/incident";
import type { Notification } from "../../alerting/notification/notification";
import type { Lease, Place } from "../../alerting/windows/alert-state";
import { acknowledgementId, acknowledgementOf, expiryOf, type Item, keyOf, textOf, WINDOW } from "./alert-state-items";
import { DynamoDbAlertState } from "./dynamodb-alert-state";
import { OPEN_INDEX, StateTable } from "./state-table";
import { happened } from "./table-requests";

interface Conditions {
  readonly condition?: string;
  readonly names?: Record<string, string>;
  readonly values?: Item;
}

/** What the channels have got, in the table that `constructs/storage/seen-table.ts` makes. */
export class DynamoDbChannelState implements ChannelState {
  readonly #table: StateTable;
  readonly #claims: DynamoDbAlertState;

  /** @param signal how long a call may take with all its tries */
  constructor(
    client: DynamoDBClient,
    table: string,
    signal: () => AbortSignal,
    private readonly now: () => number = Date.now,
  ) {
    this.#table = new StateTable(client, table, signal);
    this.#claims = new DynamoDbAlertState(client, table, signal, now);
  }

  async claim(place: Place, lease: Lease): Promise<"claimed" | "done" | "busy"> {
    return (await this.#claims.claim(place, { eventName: "", region: "", time: "" }, lease)).status;
  }

  async confirm(place: Place): Promise<void> {
    await this.#claims.confirm(place, "published");
  }

  async release({ windowId, member }: Place, { owner }: Lease): Promise<void> {
    await this.#update(windowId, member, "SET leaseUntil = :none", {
      condition: "#owner = :owner AND attribute_exists(leaseUntil)",
      names: { "#owner": "owner" },
      values: { ":none": { N: "-1" }, ":owner": { S: owner } },
    });
  }

  async isConfirmed({ windowId, member }: Place): Promise<boolean> {
    return (await this.#get(windowId, member))?.ending !== undefined;
  }

  async thread(windowId: string): Promise<StoredThread | undefined> {
    const item = await this.#get(windowId, WINDOW);
    return item && storedThread(item);
  }

  async leaseThread(windowId: string, { owner, now, until }: Lease): Promise<StoredThread | "leased" | "busy"> {
    const leased = await this.#update(
      windowId,
      WINDOW,
      "SET leaseUntil = :until, #owner = :owner, expiresAt = :expiresAt",
      {
        condition:
          "attribute_not_exists(thread) AND (attribute_not_exists(leaseUntil) OR leaseUntil < :now OR #owner = :owner)",
        names: { "#owner": "owner" },
        values: {
          ":until": { N: String(until) },
          ":owner": { S: owner },
          ":now": { N: String(now) },
          ":expiresAt": this.#expiry(),
        },
      },
    );
    return leased ? "leased" : ((await this.thread(windowId)) ?? "busy");
  }

  async storeThread(windowId: string, { thread }: StoredThread): Promise<void> {
    await this.#update(windowId, WINDOW, "SET thread = :thread, expiresAt = :expiresAt REMOVE leaseUntil", {
      values: { ":thread": { S: JSON.stringify(thread ?? null) }, ":expiresAt": this.#expiry() },
    });
  }

  async releaseThread(windowId: string, { owner }: Lease): Promise<void> {
    await this.#update(windowId, WINDOW, "REMOVE leaseUntil", {
      condition: "#owner = :owner AND attribute_not_exists(thread)",
      names: { "#owner": "owner" },
      values: { ":owner": { S: owner } },
    });
  }

  async openUnacknowledged(alert: Unacknowledged): Promise<void> {
    await this.#put(unacknowledgedId(alert.incidentId), {
      open: { S: "unacknowledged" satisfies OpenState },
      closesAt: { N: String(alert.sentAt) },
      incidentId: { S: alert.incidentId },
      title: { S: alert.title },
      actor: { S: alert.actor },
      time: { S: alert.time },
      notification: { S: JSON.stringify(alert.notification) },
    });
  }

  async *openIncidents(state: OpenState): AsyncIterable<string> {
    const items = this.#table.items({
      IndexName: OPEN_INDEX,
      KeyConditionExpression: "#open = :state",
      ExpressionAttributeNames: { "#open": "open" },
      ExpressionAttributeValues: { ":state": { S: state } },
    });
    for await (const item of items) yield textOf(item, "pk").slice(unacknowledgedId("").length);
  }

  async unacknowledged(incidentId: string): Promise<Unacknowledged | undefined> {
    const item = await this.#get(unacknowledgedId(incidentId), WINDOW);
    if (!item) return undefined;
    return {
      incidentId,
      title: textOf(item, "title"),
      actor: textOf(item, "actor"),
      time: textOf(item, "time"),
      sentAt: Number(item.closesAt?.N ?? 0),
      notification: JSON.parse(textOf(item, "notification")) as Notification,
    };
  }

  async acknowledge(incidentId: string, { by, at, through }: Acknowledgement, since = 0): Promise<Acknowledgement> {
    const put = await this.#put(
      acknowledgementId(incidentId),
      { by: { S: by }, at: { N: String(at) }, through: { S: through } },
      {
        condition: "attribute_not_exists(pk) OR #at < :since",
        names: { "#at": "at" },
        values: { ":since": { N: String(since) } },
      },
    );
    await this.#update(unacknowledgedId(incidentId), WINDOW, "SET #open = :acknowledged", {
      condition: "#open = :unacknowledged",
      names: { "#open": "open" },
      values: {
        ":acknowledged": { S: "acknowledged" satisfies OpenState },
        ":unacknowledged": { S: "unacknowledged" satisfies OpenState },
      },
    });
    return (put ? undefined : await this.acknowledgement(incidentId)) ?? { by, at, through };
  }

  async acknowledgement(incidentId: string): Promise<Acknowledgement | undefined> {
    const item = await this.#get(acknowledgementId(incidentId), WINDOW);
    return item && acknowledgementOf(item);
  }

  async closeIncident(incidentId: string): Promise<void> {
    await this.#update(unacknowledgedId(incidentId), WINDOW, "REMOVE #open", {
      condition: "attribute_exists(#open)",
      names: { "#open": "open" },
    });
  }

  async knowsIncident(incidentId: string, channelIds: readonly string[]): Promise<boolean> {
    for (const pk of [unacknowledgedId(incidentId), `incident#${incidentId}`]) {
      if (await this.#get(pk, WINDOW)) return true;
    }
    for (const channel of channelIds) {
      const sent = this.#table.items({
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: windowIdOf(channel, incidentId) } },
        Limit: 1,
        ConsistentRead: true,
      });
      if (!(await sent.next()).done) return true;
    }
    return false;
  }

  async #get(pk: string, sk: string): Promise<Item | undefined> {
    const { Item: item } = await this.#table.get({ Key: keyOf(pk, sk), ConsistentRead: true });
    return item;
  }

  /** @returns false where there is one already, or the condition does not hold */
  async #put(
    pk: string,
    attributes: Item,
    { condition, names, values }: Conditions = { condition: "attribute_not_exists(pk)" },
  ): Promise<boolean> {
    const put = this.#table.put({
      Item: { ...keyOf(pk, WINDOW), ...attributes, expiresAt: this.#expiry() },
      ConditionExpression: condition,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    });
    return (await happened(put)) !== undefined;
  }

  /** @returns whether the condition held */
  async #update(
    pk: string,
    sk: string,
    expression: string,
    { condition, names, values }: Conditions,
  ): Promise<boolean> {
    const update = this.#table.update({
      Key: keyOf(pk, sk),
      UpdateExpression: expression,
      ConditionExpression: condition,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    });
    return (await happened(update)) !== undefined;
  }

  #expiry(): AttributeValue {
    return expiryOf(this.now());
  }
}

function unacknowledgedId(incidentId: string): string {
  return `unacknowledged#${incidentId}`;
}

/** Undefined of an item that holds a lease alone. */
function storedThread(item: Item): StoredThread | undefined {
  const text = item.thread?.S;
  if (text === undefined) return undefined;
  const thread = JSON.parse(text) as Thread | null;
  return thread === null ? {} : { thread };
}
