import type { AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type {
  AlertState,
  Claim,
  ClosingWindow,
  Ending,
  Lease,
  Member,
  Particulars,
  Place,
  Standing,
  WindowIds,
} from "../../alerting/windows/alert-state";
import type { Window, WindowKind } from "../../alerting/windows/window";
import { attributesOf, closingWindow, expiryOf, type Item, keyOf, memberOf, textOf, WINDOW } from "./alert-state-items";
import { OPEN_INDEX, StateTable } from "./state-table";
import { happened } from "./table-requests";

/** Gives the lease for closing back. */
const RELEASED = "REMOVE closingUntil, closingOwner";

interface Condition {
  readonly expression: string;
  readonly values?: Item;
}

/** What has been seen, in the table that `constructs/storage/seen-table.ts` makes. */
export class DynamoDbAlertState implements AlertState {
  readonly #table: StateTable;

  /** @param signal how long a call may take with all its tries */
  constructor(
    client: DynamoDBClient,
    table: string,
    signal: () => AbortSignal,
    private readonly now: () => number = Date.now,
  ) {
    this.#table = new StateTable(client, table, signal);
  }

  async windowOfCall(call: string, { id, callerId }: WindowIds): Promise<WindowIds> {
    const { Attributes = {} } = await this.#table.update({
      Key: keyOf(`call#${call}`, WINDOW),
      // The first writes both or one, and all others find what it wrote.
      UpdateExpression: `SET windowId = if_not_exists(windowId, :id)${callerId ? ", callerId = if_not_exists(callerId, :callerId)" : ""}, expiresAt = :expiresAt`,
      ExpressionAttributeValues: {
        ":id": { S: id },
        ...(callerId && { ":callerId": { S: callerId } }),
        ":expiresAt": this.#expiry(),
      },
      ReturnValues: "ALL_NEW",
    });
    return { id: textOf(Attributes, "windowId"), ...(callerId && { callerId: textOf(Attributes, "callerId") }) };
  }

  async openWindow(window: Window, opener: string, closesAt: number): Promise<string> {
    const { Attributes = {} } = await this.#table.update({
      Key: keyOf(window.id, WINDOW),
      UpdateExpression: `SET opener = if_not_exists(opener, :opener), #open = :kind, closesAt = :closesAt,
          detection = if_not_exists(detection, :detection), title = if_not_exists(title, :title),
          severity = if_not_exists(severity, :severity), actor = if_not_exists(actor, :actor),
          startsAt = :start, endsAt = :end, expiresAt = :expiresAt`,
      ExpressionAttributeNames: { "#open": "open" },
      ExpressionAttributeValues: {
        ":opener": { S: opener },
        ":kind": { S: window.kind },
        ":closesAt": { N: String(closesAt) },
        ":detection": { S: window.detection },
        ":title": { S: window.title },
        ":severity": { S: window.severity },
        ":actor": { S: window.actor },
        ":start": { N: String(window.start) },
        ":end": { N: String(window.end) },
        ":expiresAt": this.#expiry(),
      },
      ReturnValues: "ALL_NEW",
    });
    return textOf(Attributes, "opener");
  }

  async claim(place: Place, particulars: Particulars, lease: Lease): Promise<Claim> {
    const there = await this.#putMember(place, particulars, lease, { leaseUntil: { N: String(lease.until) } });
    const standing = standingOf(there, place, lease);
    // A try whose answer was lost has put it there.
    return standing.status === "free" ? { status: "claimed" } : standing;
  }

  async look(place: Place, lease: Lease): Promise<Standing> {
    return standingOf(await this.#member(place), place, lease);
  }

  async confirm({ windowId, member }: Place, ending: Ending, incidentId?: string): Promise<void> {
    await this.#table.update({
      Key: keyOf(windowId, member),
      UpdateExpression: `SET ending = :ending, expiresAt = :expiresAt${incidentId ? ", incident = :incident" : ""} REMOVE leaseUntil`,
      ExpressionAttributeValues: {
        ":ending": { S: ending },
        ":expiresAt": this.#expiry(),
        ...(incidentId && { ":incident": { S: incidentId } }),
      },
    });
  }

  async record(place: Place, particulars: Particulars, ending: Ending, lease: Lease): Promise<boolean> {
    const there = await this.#putMember(place, particulars, lease, { ending: { S: ending } });
    return !there || (there.ending?.S === ending && textOf(there, "owner") === lease.owner);
  }

  async addToSet(setId: string, member: string, limit: number): Promise<{ held: boolean; size: number }> {
    const added = await happened(
      this.#table.update({
        Key: keyOf(setId, WINDOW),
        UpdateExpression: "ADD ids :ids SET expiresAt = :expiresAt",
        ConditionExpression: "attribute_not_exists(ids) OR size(ids) < :limit OR contains(ids, :id)",
        ExpressionAttributeValues: {
          ":ids": { SS: [member] },
          ":id": { S: member },
          ":limit": { N: String(limit) },
          ":expiresAt": this.#expiry(),
        },
        ReturnValues: "ALL_NEW",
      }),
    );
    return added ? { held: true, size: added.Attributes?.ids?.SS?.length ?? 0 } : { held: false, size: limit };
  }

  async *dueWindows(kind: WindowKind, now: number): AsyncIterable<string> {
    const items = this.#table.items({
      IndexName: OPEN_INDEX,
      KeyConditionExpression: "#open = :kind AND closesAt <= :now",
      ExpressionAttributeNames: { "#open": "open" },
      ExpressionAttributeValues: { ":kind": { S: kind }, ":now": { N: String(now) } },
    });
    for await (const item of items) yield textOf(item, "pk");
  }

  async leaseClosing(windowId: string, { owner, now, until }: Lease): Promise<ClosingWindow | undefined> {
    const leased = await happened(
      this.#table.update({
        Key: keyOf(windowId, WINDOW),
        UpdateExpression: "SET closingUntil = :until, closingOwner = :owner",
        ConditionExpression: `attribute_exists(#open) AND closesAt <= :now
          AND (attribute_not_exists(closingUntil) OR closingUntil < :now OR closingOwner = :owner)`,
        ExpressionAttributeNames: { "#open": "open" },
        ExpressionAttributeValues: {
          ":until": { N: String(until) },
          ":owner": { S: owner },
          ":now": { N: String(now) },
        },
        ReturnValues: "ALL_NEW",
      }),
    );
    return leased && closingWindow(windowId, leased.Attributes ?? {});
  }

  async *members(windowId: string): AsyncIterable<Member> {
    const items = this.#table.items({
      KeyConditionExpression: "pk = :pk AND sk > :window",
      ExpressionAttributeValues: { ":pk": { S: windowId }, ":window": { S: WINDOW } },
      ConsistentRead: true,
    });
    for await (const item of items) yield memberOf(item);
  }

  async close(window: ClosingWindow, reported: number): Promise<void> {
    const ended = `SET reported = :reported ${RELEASED}`;
    const values = { ":reported": { N: String(reported) } };
    if (await this.#updateWindow(window.id, `${ended}, #open`, values, unchanged(window))) return;
    // Not when it is written so late that another invocation has reported more.
    await this.#updateWindow(window.id, ended, values, {
      expression: "attribute_not_exists(reported) OR reported <= :reported",
    });
  }

  async postpone(window: ClosingWindow, closesAt: number): Promise<void> {
    const values = { ":later": { N: String(closesAt) } };
    if (await this.#updateWindow(window.id, `SET closesAt = :later ${RELEASED}`, values, unchanged(window))) return;
    await this.#updateWindow(window.id, RELEASED, {});
  }

  /** @returns whether the condition held */
  async #updateWindow(windowId: string, expression: string, values: Item, condition?: Condition): Promise<boolean> {
    const all = { ...values, ...condition?.values };
    const updated = await happened(
      this.#table.update({
        Key: keyOf(windowId, WINDOW),
        UpdateExpression: expression,
        ConditionExpression: condition?.expression,
        ...(expression.includes("#open") && { ExpressionAttributeNames: { "#open": "open" } }),
        // DynamoDB takes none, but no empty ones.
        ...(Object.keys(all).length > 0 && { ExpressionAttributeValues: all }),
      }),
    );
    return updated !== undefined;
  }

  /** @returns what is there already, if that still counts */
  async #putMember(
    { windowId, member }: Place,
    particulars: Particulars,
    { owner, now }: Lease,
    state: Item,
  ): Promise<Item | undefined> {
    const put = await happened(
      this.#table.put({
        Item: {
          ...keyOf(windowId, member),
          ...attributesOf(particulars),
          owner: { S: owner },
          expiresAt: this.#expiry(),
          ...state,
        },
        ConditionExpression: "attribute_not_exists(pk) OR leaseUntil < :now",
        ExpressionAttributeValues: { ":now": { N: String(now) } },
      }),
    );
    if (put) return undefined;
    const there = await this.#member({ windowId, member });
    if (!there) throw new Error(`${windowId} ${member} vanished between two reads`);
    return there;
  }

  async #member({ windowId, member }: Place): Promise<Item | undefined> {
    const { Item } = await this.#table.get({ Key: keyOf(windowId, member), ConsistentRead: true });
    return Item;
  }

  #expiry(): AttributeValue {
    return expiryOf(this.now());
  }
}

function standingOf(there: Item | undefined, { member }: Place, { owner, now }: Lease): Standing {
  if (!there) return { status: "free" };
  const { eventId: { S: eventId = member } = {}, ending, leaseUntil } = there;
  if (ending) return { status: "done", eventId, ending: ending.S as Ending };
  return textOf(there, "owner") === owner || Number(leaseUntil?.N) < now
    ? { status: "free" }
    : { status: "busy", eventId };
}

/** Nothing has been put into the window since the lease for closing was taken. */
function unchanged({ closesAt }: ClosingWindow): Condition {
  return { expression: "closesAt = :seen", values: { ":seen": { N: String(closesAt) } } };
}
