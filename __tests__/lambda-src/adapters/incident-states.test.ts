// Over 250 lines: every step of the incidents, against both implementations that must answer alike.
import { DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Acknowledgement, IncidentStep, Unacknowledged } from "../../../alerting/incidents/incident";
import { incidentWindow } from "../../../alerting/incidents/incident-id";
import type { IncidentState } from "../../../alerting/incidents/incident-state";
import { MemoryIncidentState } from "../../../alerting/incidents/memory-incident-state";
import type { AlertState, ClosingWindow, Lease } from "../../../alerting/windows/alert-state";
import { MemoryAlertState } from "../../../alerting/windows/memory-alert-state";
import { LocalDynamoDb } from "../../../cli/demo/local-dynamodb";
import { DynamoDbAlertState } from "../../../lambda-src/adapters/dynamodb-alert-state";
import { DynamoDbIncidentState } from "../../../lambda-src/adapters/dynamodb-incident-state";
import type { TableRequests } from "../../../lambda-src/adapters/table-requests";
import { alertStateTable } from "../../alerting/alert-state-table";
import { HOUR, MINUTE, START, step } from "../../alerting/incidents/steps";
import { allOf } from "../../all-of";

const NOW = START + 5 * HOUR;
const me = (now = NOW): Lease => ({ owner: "me", now, until: now + 120_000 });

/** Both must do the same: a replay joins alerts with one of them, the function with the other. */
describe.each(["memory", "DynamoDB"])("the incidents in %s", (kind) => {
  let dynamodb: LocalDynamoDb;
  let client: DynamoDBClient;
  let store: AlertState;
  let incidents: IncidentState;
  let acknowledge: (id: string, acknowledgement: Acknowledgement) => Promise<void>;
  let sent: (windowId: string, alert: Unacknowledged) => Promise<void>;
  /** Counts that many alerts more in an incident whose steps are full. */
  let count: (id: string, more: number) => Promise<void>;
  /** What is asked of the table. */
  let requests: string[];
  /** Done once, before the next put. */
  let beforePut: (() => Promise<unknown>) | undefined;
  /** Done once with the next write, whose answer is then lost. */
  let lose = false;
  let principals = 0;
  let principal: string;

  beforeAll(async () => {
    if (kind === "memory") {
      store = new MemoryAlertState();
      const memory = new MemoryIncidentState(store);
      incidents = memory;
      acknowledge = async (id, by) => void memory.acknowledgements.set(id, by);
      sent = async (windowId, alert) => void memory.alertsToAcknowledge.set(windowId, alert);
      count = async (_, more) => {
        for (let i = 0; i < more; i++) await join(step(`more${i}`, 1));
      };
      return;
    }
    const table = alertStateTable();
    dynamodb = await LocalDynamoDb.start(table);
    client = new DynamoDBClient({
      region: "us-east-1",
      endpoint: dynamodb.endpoint,
      credentials: { accessKeyId: "x", secretAccessKey: "x" },
    });
    const TableName = table.name;
    store = new DynamoDbAlertState(client, TableName, () => AbortSignal.timeout(10_000));
    const answered = async <T>(write: () => Promise<T>): Promise<T> => {
      if (!lose) return write();
      lose = false;
      await write();
      // The SDK asks again, as it does where an answer is lost.
      return write();
    };
    const local: TableRequests = {
      get: (input) => {
        requests.push("get");
        return client.send(new GetItemCommand({ TableName, ...input }));
      },
      put: async (input) => {
        requests.push("put");
        const first = beforePut;
        beforePut = undefined;
        await first?.();
        return answered(() => client.send(new PutItemCommand({ TableName, ...input })));
      },
      update: (input) => {
        requests.push("update");
        return answered(() => client.send(new UpdateItemCommand({ TableName, ...input })));
      },
    };
    incidents = new DynamoDbIncidentState(local, () => NOW);
    const put = async (pk: string, texts: object, numbers: object = {}) => {
      const attributes = [
        ...Object.entries({ pk, sk: "#window", ...texts }).map(([name, text]) => [name, { S: text }]),
        ...Object.entries(numbers).map(([name, number]) => [name, { N: String(number) }]),
      ];
      await client.send(new PutItemCommand({ TableName, Item: Object.fromEntries(attributes) }));
    };
    acknowledge = (id, { by, at, through }) => put(`ack#${id}`, { by, through }, { at });
    sent = (windowId, alert) => put(windowId, alert);
    count = async (id, more) => {
      await client.send(
        new UpdateItemCommand({
          TableName,
          Key: { pk: { S: incidentWindow(id) }, sk: { S: "#window" } },
          UpdateExpression: "ADD eventKeys :keys",
          ExpressionAttributeValues: { ":keys": { SS: Array.from({ length: more }, (_, i) => `more${i}`) } },
        }),
      );
    };
  });

  beforeEach(() => {
    principal = `arn:aws:iam::111122223333:user/ann${principals++}`;
    requests = [];
    lose = false;
    beforePut = undefined;
  });

  afterAll(async () => {
    client?.destroy();
    await dynamodb?.stop();
  });

  const join = (alert: IncidentStep, now = NOW) => incidents.join(principal, alert, HOUR, me(now));
  const numberOf = async (alert: IncidentStep) => (await join(alert)).number;
  const due = async (id: string, now: number) =>
    (await allOf(store.dueWindows("incident", now))).includes(incidentWindow(id));

  describe("joining", () => {
    test("opens an incident, whose id has the principal's hash and the first alert's time", async () => {
      const { id, ...place } = await join(step("a", 0));

      expect(place).toEqual({ startedAt: START, number: 1 });
      expect(id).toMatch(/^[0-9a-f]{16}-20261120T014500Z$/);
      expect((await incidents.join("another", step("x", 0), HOUR, me())).id).not.toBe(id);
    });

    test("numbers the alerts that follow, and says how severe those before were", async () => {
      const { id } = await join(step("a", 0, { severity: "medium" }));

      expect(await join(step("b", 5, { severity: "low" }))).toEqual({
        ...{ id, startedAt: START, number: 2, severityBefore: "medium", succeededBefore: "medium" },
      });
      expect(await join(step("c", 6, { severity: "critical" }))).toMatchObject({ number: 3, severityBefore: "medium" });
      expect(await join(step("d", 7, { severity: "high" }))).toMatchObject({ number: 4, severityBefore: "critical" });
    });

    test("says how severe those before were whose calls succeeded, and only those", async () => {
      const denied = { severity: "critical", outcome: "denied" } as const;
      await join(step("a", 0, denied));

      expect(await join(step("b", 1, { severity: "high", outcome: "failed" }))).not.toHaveProperty("succeededBefore");
      const third = await join(step("c", 2, { severity: "medium" }));
      expect(third).not.toHaveProperty("succeededBefore");
      expect(await join(step("d", 3, denied))).toMatchObject({ severityBefore: "critical", succeededBefore: "medium" });
      const fifth = await join(step("e", 4, { severity: "critical" }));
      expect(fifth).toMatchObject({ severityBefore: "critical", succeededBefore: "medium" });
      expect(await join(step("f", 5))).toMatchObject({ succeededBefore: "critical" });
      // Again is the same.
      expect(await join(step("c", 2, { severity: "medium" }))).toEqual(third);
      expect(await join(step("e", 4, { severity: "critical" }))).toEqual(fifth);
    });

    test("knows of a success that opened the incident, and of one that is only counted", async () => {
      await join(step("a", 0, { severity: "medium" }));
      for (let i = 1; i < 100; i++) await join(step(`e${i}`, i / 10, { outcome: "denied" }));
      expect(await join(step("b", 11, { outcome: "denied" }))).toMatchObject({ succeededBefore: "medium" });
      expect(await join(step("c", 12))).toMatchObject({ number: 102, succeededBefore: "medium" });
      expect(await join(step("d", 13))).toMatchObject({ number: 103, succeededBefore: "high" });
    });

    test("of one event only once, with the same place each time", async () => {
      await join(step("a", 0));
      const second = await join(step("b", 1, { severity: "critical" }));
      await join(step("c", 2));

      expect(await numberOf(step("a", 0))).toBe(1);
      expect(await join(step("a", 0))).not.toHaveProperty("severityBefore");
      expect(await join(step("b", 1, { severity: "critical" }))).toEqual(second);
      expect(second.severityBefore).toBe("high");
      expect((await incidents.read(second.id))?.steps.map(({ eventId }) => eventId)).toEqual(["a", "b", "c"]);
    });

    test("of one call only once, whichever account's record of it joins; of two accounts' records with one id twice", async () => {
      const first = await join(step("owners", 0, { callId: "call/1" }));
      expect(await join(step("callers", 0, { callId: "call/1", account: "444455556666" }))).toEqual(first);
      expect(await numberOf(step("same", 1, { callId: "111122223333/same" }))).toBe(2);
      expect(await numberOf(step("same", 1, { callId: "444455556666/same" }))).toBe(3);
      expect(await numberOf(step("again", 1, { callId: "444455556666/same" }))).toBe(3);

      const steps = (await incidents.read(first.id))?.steps;
      expect(steps?.map(({ eventId }) => eventId)).toEqual(["owners", "same", "same"]);
    });

    test("within the length, across the full hour, and no longer", async () => {
      const { id } = await join(step("a", 0));

      expect((await join(step("b", 60 - 1 / 60))).id).toBe(id);
      expect(await join(step("c", 60))).toEqual({
        id: id.replace("T014500Z", "T024500Z"),
        startedAt: START + HOUR,
        number: 1,
      });
    });

    test("takes what is a little earlier but comes later, and keeps its id", async () => {
      const { id } = await join(step("a", 30));

      expect(await join(step("b", 0))).toMatchObject({ id, number: 2, startedAt: START + 30 * MINUTE });
      const incident = await incidents.read(id);
      expect(incident?.steps.map(({ eventId }) => eventId)).toEqual(["b", "a"]);
      expect(incident?.startedAt).toBe(START + 30 * MINUTE);
    });

    test("leaves a straggler alone, and what is current as it is", async () => {
      const { id } = await join(step("a", 0));

      expect(await join(step("late", -60))).toEqual({
        id: id.replace("T014500Z", "T004500Z"),
        startedAt: START - HOUR,
        number: 1,
      });
      expect(await join(step("b", 1))).toMatchObject({ id, number: 2 });
    });

    test("gives what comes late, or again, to the incident before, where it belonged", async () => {
      const { id } = await join(step("a", 0));
      const second = await join(step("b", 59));
      const next = await join(step("c", 70));

      expect(next).toMatchObject({ number: 1 });
      expect(await join(step("b", 59))).toEqual(second);
      expect(await join(step("a", 0))).toMatchObject({ id, number: 1 });
      expect(await join(step("late", 58))).toMatchObject({ id, number: 3 });
      expect(await join(step("d", 69))).toMatchObject({ id: next.id, number: 2 });
    });

    test("keeps the first alert of the incident before, also where only a late one joins it", async () => {
      const { id } = await join(step("a", 0));
      await join(step("b", 70));

      expect(await join(step("late", 5))).toMatchObject({ id, number: 2 });
      expect((await incidents.read(id))?.steps.map(({ eventId }) => eventId)).toEqual(["a", "late"]);
    });

    test("has alerts of unknown time in an incident of 1970", async () => {
      const { id } = await join(step("a", 0, { time: 0 }));

      expect(id).toMatch(/-19700101T000000Z$/);
      expect(await join(step("b", 0, { time: 0 }))).toMatchObject({ id, number: 2 });
      expect(await join(step("c", 0))).toMatchObject({ number: 1 });
      expect(await join(step("d", 0, { time: 0 }))).toMatchObject({ id, number: 3 });
    });

    test("of many at once, one opens, and no two have one number", async () => {
      const steps = Array.from({ length: 12 }, (_, i) => step(`e${i}`, i));

      const places = await Promise.all(steps.map((alert) => join(alert)));

      expect(places.map(({ number }) => number).sort((a, b) => a - b)).toEqual(steps.map((_, i) => i + 1));
      expect(new Set(places.map(({ id }) => id)).size).toBe(1);
    });

    test("keeps a hundred alerts and counts the others, each once", async () => {
      const { id } = await join(step("e0", 0));
      for (let i = 1; i < 100; i++) await join(step(`e${i}`, i / 10));

      expect(await join(step("e100", 11))).toMatchObject({ id, number: 101, severityBefore: "high" });
      expect(await join(step("e101", 12, { severity: "critical" }))).toMatchObject({
        number: 102,
        severityBefore: "high",
      });
      expect(await join(step("e102", 13, { severity: "critical" }))).toMatchObject({
        ...{ number: 103, severityBefore: "critical" },
      });
      expect(await numberOf(step("e100", 11))).toBe(103);
      expect(await numberOf(step("e99", 9.9))).toBe(100);
      const incident = await incidents.read(id);
      expect(incident).toMatchObject({ more: 3, severity: "critical" });
      expect(incident?.steps).toHaveLength(100);
    });

    test("counts no more than a thousand", async () => {
      const { id } = await join(step("e0", 0));
      for (let i = 1; i < 100; i++) await join(step(`e${i}`, 1));
      await count(id, 899);

      expect(await numberOf(step("f", 2))).toBe(1000);
      expect(await numberOf(step("g", 2))).toBe(1001);
      expect(await numberOf(step("h", 2))).toBe(1001);
      expect(await incidents.read(id)).toMatchObject({ more: 900 });
    });

    test("takes alerts of the longest texts, in any script", async () => {
      const long = "\u{1f600}".repeat(5_000);
      const texts = { actor: long, what: long, title: long, eventName: long, region: long, account: long };
      const { id } = await join(step("e0", 0, texts));
      for (let i = 1; i < 100; i++) await join(step(`e${i}`, 0, texts));

      const steps = (await incidents.read(id))?.steps ?? [];
      expect(steps).toHaveLength(100);
      expect(Buffer.byteLength(JSON.stringify(steps))).toBeLessThan(300_000);
    });
  });

  describe("an incident of more than one alert", () => {
    test("is due ten minutes after it can grow no more, and not before", async () => {
      const now = START + 5 * MINUTE;
      const { id } = await join(step("a", 0), now);
      expect(await due(id, Number.MAX_SAFE_INTEGER)).toBe(false);
      await join(step("b", 2), now);

      expect(await due(id, START + HOUR + 10 * MINUTE - 1)).toBe(false);
      expect(await due(id, START + HOUR + 10 * MINUTE)).toBe(true);
    });

    test("is never due sooner than three minutes after its last alert", async () => {
      await join(step("a", 0), NOW);
      const { id } = await join(step("b", 2), NOW);

      expect(await due(id, NOW + 3 * MINUTE - 1)).toBe(false);
      expect(await due(id, NOW + 3 * MINUTE)).toBe(true);
    });

    test("is closed once, and due again when something comes later", async () => {
      await join(step("a", 0), NOW);
      const { id } = await join(step("b", 2), NOW);
      const later = NOW + 3 * MINUTE;
      const closing = (await store.leaseClosing(incidentWindow(id), me(later))) as ClosingWindow;
      await store.close(closing, 2);

      expect(closing).toMatchObject({ kind: "incident", reported: 0 });
      expect(await due(id, Number.MAX_SAFE_INTEGER)).toBe(false);
      await join(step("b", 2), later);
      expect(await due(id, Number.MAX_SAFE_INTEGER)).toBe(false);
      expect(await join(step("c", 3), later)).toMatchObject({ number: 3 });
      expect(await due(id, later + 3 * MINUTE)).toBe(true);
      expect(await store.leaseClosing(incidentWindow(id), me(later + 3 * MINUTE))).toMatchObject({ reported: 2 });
    });

    test("stays open when an alert joins while it is being closed", async () => {
      await join(step("a", 0), NOW);
      const { id } = await join(step("b", 2), NOW);
      const later = NOW + 3 * MINUTE;
      const closing = (await store.leaseClosing(incidentWindow(id), me(later))) as ClosingWindow;
      await join(step("c", 3), later + 1);
      await store.close(closing, 2);

      expect(await due(id, later + 3 * MINUTE + 1)).toBe(true);
      expect((await incidents.read(id))?.steps).toHaveLength(3);
    });

    test("is read with its steps as they joined, and who has acknowledged it", async () => {
      const last = step("b", 2, { severity: "critical", outcome: "denied" });
      await join(step("a", 0));
      const { id } = await join(last);

      expect(await incidents.read(id)).toEqual({
        id,
        startedAt: START,
        severity: "critical",
        steps: [step("a", 0), last],
        more: 0,
      });
      const acknowledgement = { by: "ann", at: NOW, through: "slack" };
      await acknowledge(id, acknowledgement);
      expect(await incidents.read(id)).toMatchObject({ acknowledged: acknowledgement });
    });
  });

  test("an incident of one alert can't be read, nor can an unknown one", async () => {
    const { id } = await join(step("a", 0));

    expect(await incidents.read(id)).toBeUndefined();
    expect(await incidents.read("unknown")).toBeUndefined();
  });

  test("an alert that is not acknowledged is read by its window", async () => {
    const alert = { incidentId: "0-1", title: "Title", actor: "IAM user ann", time: "2026-11-20T02:00:00Z" };
    await sent("unacknowledged#0-1", alert);

    expect(await incidents.unacknowledged("unacknowledged#0-1")).toEqual(alert);
    expect(await incidents.unacknowledged("unacknowledged#unknown")).toBeUndefined();
  });

  if (kind === "DynamoDB") {
    describe("the requests", () => {
      const asked = async (alert: IncidentStep): Promise<readonly string[]> => {
        requests = [];
        await join(alert);
        return requests;
      };

      test("are one read and one write for each alert", async () => {
        expect(await asked(step("a", 0))).toEqual(["get", "put"]);
        expect(await asked(step("b", 1))).toEqual(["get", "update"]);
        expect(await asked(step("c", 2))).toEqual(["get", "update"]);
        expect(await asked(step("d", 60))).toEqual(["get", "put"]);
      });

      test("are no write for a straggler and for the opener again", async () => {
        await join(step("a", 0));

        expect(await asked(step("late", -60))).toEqual(["get"]);
        expect(await asked(step("a", 0))).toEqual(["get"]);
      });

      test("are a second read where an alert comes again, and a write more for the first beyond a hundred", async () => {
        await join(step("e0", 0));
        for (let i = 1; i < 99; i++) await join(step(`e${i}`, 1));

        expect(await asked(step("e5", 1))).toEqual(["get", "update", "get"]);
        await join(step("e99", 1));
        // The first write is refused.
        expect(await asked(step("e100", 1))).toEqual(["get", "update", "get", "update"]);
        // The list is known to be full.
        expect(await asked(step("e101", 1))).toEqual(["get", "update"]);
        expect(await asked(step("e101", 1))).toEqual(["get", "update", "get"]);
        expect(await asked(step("e7", 1))).toEqual(["get", "update", "get"]);
        expect(await numberOf(step("e102", 1))).toBe(103);
      });

      test("may have their answers lost: the alert has its place all the same", async () => {
        lose = true;
        expect(await join(step("a", 0))).toMatchObject({ number: 1 });
        lose = true;
        expect(await join(step("b", 1))).toMatchObject({ number: 2, severityBefore: "high" });
        expect(await join(step("c", 2))).toMatchObject({ number: 3 });
      });

      test("see what another invocation opens in between", async () => {
        beforePut = () => join(step("other", 0));

        expect(await join(step("a", 1))).toMatchObject({ startedAt: START, number: 2 });
      });

      test("see a later incident that another invocation opens in between", async () => {
        await join(step("a", 0));
        beforePut = () => join(step("other", 150));

        // Neither the incident before nor the current one has it.
        expect(await join(step("b", 75))).toEqual({
          ...{ id: expect.stringContaining("T030000Z"), startedAt: START + 75 * MINUTE, number: 1 },
        });
        expect(await join(step("c", 151))).toMatchObject({ startedAt: START + 150 * MINUTE, number: 2 });
      });
    });
  }
});
