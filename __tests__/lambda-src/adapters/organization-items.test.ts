import { BatchWriteItemCommand, DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { AccountDirectory } from "../../../alerting/accounts/account-directory";
import { type RenewPorts, renewDirectory } from "../../../alerting/accounts/renew-directory";
import { LocalDynamoDb } from "../../../cli/demo/local-dynamodb";
import { organizationItems } from "../../../lambda-src/adapters/dynamodb-organization";
import { StateTable } from "../../../lambda-src/adapters/state-table";
import { accountId, DAY, FakeOrganization } from "../../alerting/accounts/fake-organization";
import { alertStateTable } from "../../alerting/alert-state-table";

const TABLE = alertStateTable();
const PAYMENTS = "444455556666";
const PATH = ["r-ab12", "ou-ab12-workload", "ou-ab12-prodprod"];

let dynamodb: LocalDynamoDb;
let client: DynamoDBClient;
let now = Date.parse("2026-11-20T02:00:00Z");
beforeAll(async () => {
  dynamodb = await LocalDynamoDb.start(TABLE);
  const credentials = { accessKeyId: "x", secretAccessKey: "x" };
  client = new DynamoDBClient({ region: "us-east-1", endpoint: dynamodb.endpoint, credentials });
});
afterAll(async () => {
  client.destroy();
  await dynamodb.stop();
});
const items = (tagKeys: readonly string[] = []) =>
  organizationItems(new StateTable(client, TABLE.name, () => AbortSignal.timeout(10_000)), tagKeys, () => now);
const allOf = async (tagKeys?: readonly string[]) => {
  const found = [];
  for await (const each of items(tagKeys).all()) found.push(each);
  return found;
};

describe("an account in the table", () => {
  test("has name and units, and loses the name that is none any more", async () => {
    const account = { name: "payments-prod", organizationalUnits: PATH };
    await items().writeAccount(PAYMENTS, account);
    expect(await items().read(PAYMENTS)).toEqual(account);
    expect(await items().read("999988887777")).toBeUndefined();

    await items().writeAccount(PAYMENTS, { organizationalUnits: ["r-ab12"] });
    expect(await items().read(PAYMENTS)).toEqual({ organizationalUnits: ["r-ab12"] });
  });

  test("has tags where all were asked for that are needed now, and none that are not", async () => {
    const asked = { at: now, keys: ["env", "team"] };
    await items().writeTags(PAYMENTS, { env: "prod", __proto__x: "y" }, asked);
    // What is written of the account leaves them alone.
    await items().writeAccount(PAYMENTS, { name: "payments-prod", organizationalUnits: PATH });

    expect((await items(["env"]).read(PAYMENTS))?.tags).toEqual({ env: "prod" });
    expect((await items(["team"]).read(PAYMENTS))?.tags).toEqual({});
    expect((await items(["env", "cost"]).read(PAYMENTS))?.tags).toBeUndefined();
    expect((await items().read(PAYMENTS))?.tags).toBeUndefined();
  });

  test("of which nothing is stored gets no tags: they would never expire", async () => {
    await items().writeTags("999988887777", { env: "prod" }, { at: now, keys: ["env"] });
    const Key = { pk: { S: "organization" }, sk: { S: "999988887777" } };

    expect((await client.send(new GetItemCommand({ TableName: TABLE.name, Key }))).Item).toBeUndefined();
  });

  test("keeps its name for longer than its units, should Organizations refuse for weeks", async () => {
    now += 7 * DAY - 1000;
    expect(await items().read(PAYMENTS)).toEqual({ name: "payments-prod", organizationalUnits: PATH });
    now += 1000;
    expect(await items().read(PAYMENTS)).toEqual({ name: "payments-prod" });
    expect(await allOf()).toEqual([[PAYMENTS, { name: "payments-prod" }]]);
    now -= 7 * DAY;
  });

  test("has no tags a week after they were last asked for, though it was listed each day", async () => {
    const tags = async () => (await items(["env"]).read(PAYMENTS))?.tags;
    now += 7 * DAY - 1000;
    await items().writeAccount(PAYMENTS, { name: "payments-prod", organizationalUnits: PATH });
    expect(await tags()).toEqual({ env: "prod" });
    now += 1000;
    expect(await tags()).toBeUndefined();
    expect((await items().read(PAYMENTS))?.organizationalUnits).toEqual(PATH);
    now -= 7 * DAY;
    await items().writeAccount(PAYMENTS, { name: "payments-prod", organizationalUnits: PATH });
  });

  test("counts for nothing 30 days after it was last asked for, and DynamoDB deletes it", async () => {
    const Key = { pk: { S: "organization" }, sk: { S: PAYMENTS } };
    const { Item } = await client.send(new GetItemCommand({ TableName: TABLE.name, Key }));
    expect(Number(Item?.expiresAt?.N)).toBe(now / 1000 + 30 * 24 * 3600);

    now += 30 * DAY;
    expect(await items().read(PAYMENTS)).toBeUndefined();
    expect(await allOf()).toEqual([]);
    now -= 1000;
    expect(await items().read(PAYMENTS)).toBeDefined();
    now -= 30 * DAY - 1000;
  });
});

test("how far the asking has come is kept, and what can't be read of it is none", async () => {
  expect(await items().readWalk()).toBeUndefined();
  const walk = { startedAt: now, steps: [{ what: "units", path: PATH, next: "token" }], tags: true } as const;
  await items().writeWalk(walk);
  expect(await items().readWalk()).toEqual(walk);

  await items().writeWalk({ startedAt: now, steps: "all" } as never);
  expect(await items().readWalk()).toBeUndefined();
});

test("10,000 accounts are one read of all, or one small one of an account", async () => {
  const expiresAt = { N: String(now / 1000 + 30 * 24 * 3600) };
  for (let i = 0; i < 10_000; i += 25) {
    const requests = Array.from({ length: 25 }, (_, j) => ({
      PutRequest: {
        Item: {
          ...{ pk: { S: "organization" }, sk: { S: accountId(i + j) }, expiresAt },
          ...{ name: { S: `account ${i + j}` }, units: { S: PATH.join("/") } },
        },
      },
    }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TABLE.name]: requests } }));
  }
  const directory = new AccountDirectory("o-a1b2c3d4e5", { ...items(), now: () => now });
  await directory.prepareAll();

  expect(directory.known()).toHaveLength(10_001);
  expect(directory.of(accountId(9_999))).toEqual({ name: "account 9999", organizationalUnits: PATH });
  const alone = new AccountDirectory("o-a1b2c3d4e5", { ...items(), now: () => now });
  await alone.prepare([accountId(1_234)]);
  expect(alone.known()).toEqual([accountId(1_234)]);
}, 60_000);

test("a round that is cut off between two accounts leaves the others as they were, and the next goes on", async () => {
  const organization = new FakeOrganization();
  for (let i = 0; i < 40; i++) organization.put("r-ab12", accountId(i), `renamed ${i}`);
  let writes = 0;
  const ports: RenewPorts = {
    ...items(),
    ask: () => organization.ask(),
    tagKeys: [],
    now: () => now,
    remainingMs: () => 120_000,
    log: { info: () => {}, processingError: () => {} },
  };
  const cutOff = new Promise<never>(() => {});
  const writeAccount: RenewPorts["writeAccount"] = (id, account) =>
    ++writes > 25 ? cutOff : ports.writeAccount(id, account);
  void renewDirectory({ ...ports, writeAccount });
  while (writes < 30) await new Promise((resolve) => setTimeout(resolve, 5));

  const between = new Map(await allOf());
  expect(between.size).toBe(10_001);
  expect(between.get(accountId(39))?.name).toBe("account 39");
  await renewDirectory(ports);
  expect(new Map(await allOf()).get(accountId(39))?.name).toBe("renamed 39");
});
