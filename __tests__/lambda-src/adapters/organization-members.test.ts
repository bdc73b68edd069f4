import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { LocalDynamoDb } from "../../../cli/demo/local-dynamodb";
import { organizationItems } from "../../../lambda-src/adapters/dynamodb-organization";
import { StateTable } from "../../../lambda-src/adapters/state-table";
import { DAY } from "../../alerting/accounts/fake-organization";
import { alertStateTable } from "../../alerting/alert-state-table";
import { allOf } from "../../all-of";

const TABLE = alertStateTable();

let dynamodb: LocalDynamoDb;
let client: DynamoDBClient;
let now = 0;
beforeAll(async () => {
  dynamodb = await LocalDynamoDb.start(TABLE);
  const credentials = { accessKeyId: "x", secretAccessKey: "x" };
  client = new DynamoDBClient({ region: "us-east-1", endpoint: dynamodb.endpoint, credentials });
});
afterAll(async () => {
  client.destroy();
  await dynamodb.stop();
});
const items = () =>
  organizationItems(new StateTable(client, TABLE.name, () => AbortSignal.timeout(10_000)), [], () => now);

describe("members", () => {
  const startedAt = Date.parse("2027-02-01T02:00:00Z");
  const JOINED = startedAt - 30 * DAY;
  const members = () => allOf(items().members());
  const idle = { steps: [], tags: false } as const;

  test("are those that the last complete asking has found and that are not closed", async () => {
    now = startedAt - DAY;
    for (const id of ["1", "2", "3"]) await items().writeAccount(id.repeat(12), { joinedAt: JOINED });
    await items().writeWalk({ startedAt: now, ...idle });
    expect((await members()).map(({ status }) => status)).toEqual(["active", "active", "active"]);

    now = startedAt + 5_000;
    await items().writeAccount("1".repeat(12), { joinedAt: JOINED });
    await items().writeAccount("2".repeat(12), { joinedAt: JOINED, closed: true });
    await items().writeWalk({ startedAt, ...idle });
    expect(await members()).toEqual([
      { id: "1".repeat(12), status: "active", joinedAt: JOINED },
      { id: "2".repeat(12), status: "removed", joinedAt: JOINED },
      { id: "3".repeat(12), status: "removed", joinedAt: JOINED },
    ]);
    await items().writeAccount("2".repeat(12), {});
    expect((await members())[1]).toMatchObject({ status: "active" });
  });

  test("are what they were while the asking is under way, and where it was refused", async () => {
    const statuses = async () => (await members()).map(({ status }) => status);
    now = startedAt + DAY;
    await items().writeWalk({ startedAt: now, steps: [{ what: "units", path: [] }], tags: false });
    expect(await statuses()).toEqual(["active", "active", "active"]);

    await items().writeWalk({ startedAt: now, ...idle });
    expect(await statuses()).toEqual(["active", "active", "active"]);

    // Some were listed before it was.
    await items().writeAccount("1".repeat(12), { joinedAt: JOINED });
    await items().writeWalk({ startedAt: now, ...idle, refused: true });
    expect(await statuses()).toEqual(["active", "active", "active"]);
    await items().writeWalk({ startedAt: now, ...idle });
    expect(await statuses()).toEqual(["active", "removed", "removed"]);
  });
});
