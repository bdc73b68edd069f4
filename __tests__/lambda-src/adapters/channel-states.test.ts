import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ChannelState } from "../../../alerting/delivery/channel-state";
import { MemoryChannelState } from "../../../alerting/delivery/memory-channel-state";
import type { Lease } from "../../../alerting/windows/alert-state";
import { LocalDynamoDb } from "../../../cli/demo/local-dynamodb";
import { DynamoDbChannelState } from "../../../lambda-src/adapters/dynamodb-channel-state";
import { alertStateTable } from "../../alerting/alert-state-table";
import { alert } from "../../alerting/delivery/notifications";
import { allOf } from "../../all-of";

const me = (now: number, until = now + 100): Lease => ({ owner: "me", now, until });
const other = (now: number, until = now + 100): Lease => ({ owner: "other", now, until });

/** Both must do the same: the tests of delivery work with one of them, the notifier with the other. */
describe.each(["memory", "DynamoDB"])("the channels' state in %s", (kind) => {
  const table = alertStateTable();
  let dynamodb: LocalDynamoDb | undefined;
  let client: DynamoDBClient | undefined;
  let state: ChannelState;
  let number = 0;
  const id = () => `${number++}`;
  const windowId = () => `channel#a#${id()}`;

  beforeAll(async () => {
    if (kind === "memory") {
      state = new MemoryChannelState();
      return;
    }
    dynamodb = await LocalDynamoDb.start(table);
    const credentials = { accessKeyId: "x", secretAccessKey: "x" };
    client = new DynamoDBClient({ region: "us-east-1", endpoint: dynamodb.endpoint, credentials });
    state = new DynamoDbChannelState(client, table.name, () => AbortSignal.timeout(10_000));
  });

  afterAll(async () => {
    client?.destroy();
    await dynamodb?.stop();
  });

  test("gives a claim to one, until its lease is over, it is given back, or it is done", async () => {
    const place = { windowId: windowId(), member: "e1" };
    expect(await state.claim(place, me(0))).toBe("claimed");
    expect(await state.claim(place, other(50))).toBe("busy");
    expect(await state.claim(place, other(101))).toBe("claimed");
    await state.release(place, me(102));
    expect(await state.claim(place, me(102))).toBe("busy");
    await state.release(place, other(103));
    expect(await state.claim(place, me(103))).toBe("claimed");
    expect(await state.isConfirmed(place)).toBe(false);
    await state.confirm(place);
    await state.release(place, me(104));
    expect(await state.claim(place, other(1_000))).toBe("done");
    expect(await state.isConfirmed(place)).toBe(true);
  });

  test("confirms what nobody has claimed", async () => {
    const place = { windowId: windowId(), member: "~dead m1" };
    expect(await state.isConfirmed(place)).toBe(false);
    await state.confirm(place);
    expect(await state.isConfirmed(place)).toBe(true);
    expect(await state.claim(place, me(0))).toBe("done");
  });

  test("lets one begin a thread, until its lease is over or given back", async () => {
    const window = windowId();
    expect(await state.thread(window)).toBeUndefined();
    expect(await state.leaseThread(window, me(0))).toBe("leased");
    expect(await state.thread(window)).toBeUndefined();
    expect(await state.leaseThread(window, me(1))).toBe("leased");
    expect(await state.leaseThread(window, other(50))).toBe("busy");
    await state.releaseThread(window, other(51));
    expect(await state.leaseThread(window, other(52))).toBe("busy");
    await state.releaseThread(window, me(53));
    expect(await state.leaseThread(window, other(54, 200))).toBe("leased");
    expect(await state.leaseThread(window, me(201, 300))).toBe("leased");
    await state.storeThread(window, { thread: { ts: "1" } });
    await state.releaseThread(window, me(202));
    expect(await state.thread(window)).toEqual({ thread: { ts: "1" } });
    expect(await state.leaseThread(window, other(1_000))).toEqual({ thread: { ts: "1" } });
  });

  test("keeps that a channel has given no thread", async () => {
    const window = windowId();
    await state.storeThread(window, {});
    expect(await state.thread(window)).toEqual({});
    expect(await state.leaseThread(window, me(0))).toEqual({});
  });

  test("keeps a thread and the messages in it apart", async () => {
    const window = windowId();
    await state.leaseThread(window, me(0));
    expect(await state.claim({ windowId: window, member: "e1" }, me(0))).toBe("claimed");
    await state.storeThread(window, { thread: { ts: "1" } });
    expect(await state.isConfirmed({ windowId: window, member: "e1" })).toBe(false);
  });

  describe("of what is to be acknowledged", () => {
    const waiting = (incidentId: string, sentAt: number) => ({
      ...{ incidentId, title: "T", actor: "ann", time: "2026-11-20T02:14:05Z", sentAt },
      notification: alert,
    });

    test("keeps the first, lists the oldest first, and moves it as it is acknowledged and closed", async () => {
      const [a, b] = [`i${id()}`, `i${id()}`];
      await state.openUnacknowledged(waiting(b, 2_000));
      await state.openUnacknowledged(waiting(a, 1_000));
      await state.openUnacknowledged({ ...waiting(a, 9_000), title: "Other" });
      expect(await allOf(state.openIncidents("unacknowledged"))).toEqual([a, b]);
      expect(await state.unacknowledged(a)).toEqual(waiting(a, 1_000));
      expect(await state.acknowledgement(a)).toBeUndefined();

      const bo = { by: "Bo", at: 5_000, through: "slack" };
      expect(await state.acknowledge(a, bo)).toEqual(bo);
      expect(await state.acknowledge(a, { by: "Cy", at: 6_000, through: "command" })).toEqual(bo);
      expect(await state.acknowledgement(a)).toEqual(bo);
      expect(await allOf(state.openIncidents("unacknowledged"))).toEqual([b]);
      expect(await allOf(state.openIncidents("acknowledged"))).toEqual([a]);

      for (const incident of [a, b]) await state.closeIncident(incident);
      await state.closeIncident("never-opened");
      await state.openUnacknowledged(waiting(b, 3_000));
      await state.acknowledge(b, bo);
      expect(await allOf(state.openIncidents("unacknowledged"))).toEqual([]);
      expect(await allOf(state.openIncidents("acknowledged"))).toEqual([]);
      expect(await state.unacknowledged("never-opened")).toBeUndefined();
    });

    test("takes another acknowledgement than one that is older than what it is to be of", async () => {
      const incident = `i${id()}`;
      const [bo, cy] = [
        { by: "Bo", at: 1_000, through: "slack" },
        { by: "Cy", at: 3_000, through: "command" },
      ];
      await state.acknowledge(incident, bo);
      expect(await state.acknowledge(incident, cy, 1_000)).toEqual(bo);
      expect(await state.acknowledge(incident, cy, 1_001)).toEqual(cy);
      expect(await state.acknowledgement(incident)).toEqual(cy);
      expect(await state.acknowledge(incident, bo, 2_000)).toEqual(cy);
    });

    test("takes an acknowledgement of an incident that waits for none", async () => {
      const incident = `i${id()}`;
      expect(await state.acknowledge(incident, { by: "Bo", at: 1, through: "command" })).toMatchObject({ by: "Bo" });
      expect(await allOf(state.openIncidents("acknowledged"))).toEqual([]);
    });

    test("knows an incident that waits, or that one of the channels has a message of", async () => {
      const [a, b] = [`i${id()}`, `i${id()}`];
      expect(await state.knowsIncident(a, ["x", "y"])).toBe(false);
      await state.openUnacknowledged(waiting(a, 1));
      await state.claim({ windowId: `channel#y#${b}`, member: "e1" }, me(0));
      expect(await state.knowsIncident(a, [])).toBe(true);
      expect(await state.knowsIncident(b, ["x"])).toBe(false);
      expect(await state.knowsIncident(b, ["x", "y"])).toBe(true);
      await state.closeIncident(a);
    });
  });

  test("is forgotten after 45 days, and what waits has what the digest reads", async () => {
    if (!client) return;
    const incidentId = `i${id()}`;
    const common = { incidentId, title: "T", actor: "ann", time: "2026-11-20T02:14:05Z" };
    await state.openUnacknowledged({ ...common, sentAt: 7, notification: alert });
    const key = { pk: { S: `unacknowledged#${incidentId}` }, sk: { S: "#window" } };
    const { Item: item = {} } = await client.send(new GetItemCommand({ TableName: table.name, Key: key }));
    await state.closeIncident(incidentId);

    expect(item).toMatchObject({
      open: { S: "unacknowledged" },
      closesAt: { N: "7" },
      incidentId: { S: incidentId },
      title: { S: "T" },
      actor: { S: "ann" },
      time: { S: "2026-11-20T02:14:05Z" },
    });
    const days = (Number(item.expiresAt?.N) - Date.now() / 1000) / 86_400;
    expect(Math.round(days)).toBe(45);
  });
});
