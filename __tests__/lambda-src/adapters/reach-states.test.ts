import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { MemoryReachState } from "../../../alerting/reach/memory-reach-state";
import { LocalDynamoDb } from "../../../cli/demo/local-dynamodb";
import { DynamoDbReachState } from "../../../lambda-src/adapters/dynamodb-reach-state";
import { StateTable } from "../../../lambda-src/adapters/state-table";
import { alertStateTable } from "../../alerting/alert-state-table";
import { allOf } from "../../all-of";

const NOW = Date.parse("2026-11-20T07:00:00Z");
const DAY = 24 * 3_600_000;

describe("the reach in DynamoDB", () => {
  const { name, ...table } = alertStateTable();
  let dynamodb: LocalDynamoDb;
  let client: DynamoDBClient;
  const stateOf = (watched: unknown) =>
    new DynamoDbReachState(new StateTable(client, name, () => AbortSignal.timeout(10_000)), watched);

  beforeAll(async () => {
    dynamodb = await LocalDynamoDb.start({ name, ...table });
    client = new DynamoDBClient({
      region: "us-east-1",
      endpoint: dynamodb.endpoint,
      credentials: { accessKeyId: "x", secretAccessKey: "x" },
    });
  });

  afterAll(async () => {
    client?.destroy();
    await dynamodb?.stop();
  });

  test("is watched since it was first seen, by whichever invocation, until something of it changes", async () => {
    const before = ["us-east-1"];
    const after = ["us-east-1", "eu-west-1"];

    expect(await stateOf(before).watchedSince(NOW)).toBe(NOW);
    expect(await stateOf(before).watchedSince(NOW + DAY)).toBe(NOW);
    expect(await stateOf(after).watchedSince(NOW + 2 * DAY)).toBe(NOW + 2 * DAY);
    expect(await stateOf(after).watchedSince(NOW + 200 * DAY)).toBe(NOW + 2 * DAY);
    // Back again: its rules are made anew.
    expect(await stateOf(before).watchedSince(NOW + 201 * DAY)).toBe(NOW + 201 * DAY);
  });

  test("holds the newest log file of each account, whatever comes later, for 90 days", async () => {
    const state = stateOf([]);
    await state.sent({ account: "444455556666", region: "eu-west-1", at: NOW }, NOW);
    await state.sent({ account: "444455556666", region: "us-west-2", at: NOW - DAY }, NOW + 1);
    await state.sent({ account: "111122223333", region: "us-west-2", at: NOW }, NOW);
    await state.sent({ account: "111122223333", region: "us-east-1", at: NOW + DAY }, NOW);

    expect(await allOf(state.senders())).toEqual([
      { account: "111122223333", region: "us-east-1", at: NOW + DAY, steadySince: NOW, first: NOW },
      { account: "444455556666", region: "eu-west-1", at: NOW, steadySince: NOW, first: NOW },
    ]);
    const Key = { pk: { S: "log-files" }, sk: { S: "444455556666" } };
    const { Item } = await client.send(new GetItemCommand({ TableName: name, Key }));
    expect(Item?.expiresAt).toEqual({ N: String(NOW / 1000 + 90 * 24 * 3600) });
    // No window that a schedule closes.
    expect(Item?.open).toBeUndefined();
  });

  test("knows since when an account sends day by day, as the one in memory does, in any order", async () => {
    const state = stateOf([]);
    const memory = new MemoryReachState(0);
    const account = "777788889999";
    for (const days of [0, 1, 2, 1.5, 2, 3.01, 3.5, 0.5, 4.51, 4.52, 5.52]) {
      const sender = { account, region: "eu-west-1", at: NOW + Math.round(days * DAY) };
      await Promise.all([state.sent(sender, NOW), memory.sent(sender)]);
      const found = (await allOf(state.senders())).filter((each) => each.account === account);
      expect(found).toEqual(await allOf(memory.senders()));
    }
    expect(await allOf(memory.senders())).toMatchObject([{ steadySince: NOW + 4.51 * DAY, first: NOW }]);
  });
});
