// Over 250 lines: every step of the alert state, against both implementations that must answer alike.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { AlertState, Claim, ClosingWindow, Lease } from "../../../alerting/windows/alert-state";
import { MemoryAlertState } from "../../../alerting/windows/memory-alert-state";
import type { Window } from "../../../alerting/windows/window";
import { LocalDynamoDb } from "../../../cli/demo/local-dynamodb";
import { DynamoDbAlertState } from "../../../lambda-src/adapters/dynamodb-alert-state";
import { alertStateTable } from "../../alerting/alert-state-table";
import { allOf } from "../../all-of";

const DESCRIBE = { eventName: "DescribeInstances", region: "eu-west-1", time: "2026-11-20T02:12:31Z" };
const me = (now: number, until = now + 100): Lease => ({ owner: "me", now, until });
const other = (now: number, until = now + 100): Lease => ({ owner: "other", now, until });

const statusOf = async (claim: Promise<Claim>) => (await claim).status;

/** Both stores must do the same: a replay decides with one of them, the function with the other. */
describe.each(["memory", "DynamoDB"])("the store in %s", (kind) => {
  let dynamodb: LocalDynamoDb;
  let client: DynamoDBClient;
  let store: AlertState;
  let windows = 0;
  const newWindow = (): Window => ({
    id: `group#d#${windows++}`,
    kind: "group",
    detection: "d",
    title: "Title",
    severity: "high",
    actor: "IAM user alice",
    start: 1000,
    end: 2000,
  });

  beforeAll(async () => {
    if (kind === "memory") {
      store = new MemoryAlertState();
      return;
    }
    const table = alertStateTable();
    dynamodb = await LocalDynamoDb.start(table);
    client = new DynamoDBClient({
      region: "us-east-1",
      endpoint: dynamodb.endpoint,
      credentials: { accessKeyId: "x", secretAccessKey: "x" },
    });
    store = new DynamoDbAlertState(client, table.name, () => AbortSignal.timeout(10_000));
  });

  afterAll(async () => {
    client?.destroy();
    await dynamodb?.stop();
  });

  describe("claiming", () => {
    test("gives a match to the first who asks, for as long as their lease lives", async () => {
      const place = { windowId: newWindow().id, member: "e1" };

      expect(await statusOf(store.claim(place, DESCRIBE, me(0, 100)))).toBe("claimed");
      expect(await statusOf(store.claim(place, DESCRIBE, other(100)))).toBe("busy");
      expect(await statusOf(store.claim(place, DESCRIBE, other(101, 300)))).toBe("claimed");
      expect(await statusOf(store.claim(place, DESCRIBE, me(150)))).toBe("busy");
    });

    test("gives it to the same owner again: the answer to their first try may have been lost", async () => {
      const place = { windowId: newWindow().id, member: "e1" };
      await store.claim(place, DESCRIBE, me(0));

      expect(await statusOf(store.claim(place, DESCRIBE, me(1)))).toBe("claimed");
    });

    test("never gives out what has ended, however old", async () => {
      const place = { windowId: newWindow().id, member: "e1" };
      await store.claim(place, DESCRIBE, me(0));
      await store.confirm(place, "published");

      expect(await statusOf(store.claim(place, DESCRIBE, other(1e12)))).toBe("done");
      expect(await statusOf(store.claim(place, DESCRIBE, me(1e12)))).toBe("done");
    });

    test("keeps members and windows apart", async () => {
      const { id } = newWindow();
      await store.claim({ windowId: id, member: "e1" }, DESCRIBE, me(0));

      expect(await statusOf(store.claim({ windowId: id, member: "e2" }, DESCRIBE, other(0)))).toBe("claimed");
      expect(await statusOf(store.claim({ windowId: newWindow().id, member: "e1" }, DESCRIBE, other(0)))).toBe(
        "claimed",
      );
    });

    test("of many who ask at once, one gets it", async () => {
      const place = { windowId: newWindow().id, member: "e1" };

      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) => store.claim(place, DESCRIBE, { owner: `o${i}`, now: 0, until: 9 })),
      );

      expect(answers.filter(({ status }) => status === "claimed")).toHaveLength(1);
      expect(answers.filter(({ status }) => status === "busy")).toHaveLength(19);
    });
  });

  describe("looking", () => {
    const place = (member: string, windowId = newWindow().id) => ({ windowId, member });

    test("finds nothing where nothing is, and writes nothing", async () => {
      const there = place("e1");

      expect(await store.look(there, me(0))).toEqual({ status: "free" });
      expect(await statusOf(store.claim(there, DESCRIBE, other(0)))).toBe("claimed");
    });

    test("finds another's claim for as long as its lease lives, and passes over one's own", async () => {
      const there = place("e1");
      await store.claim(there, DESCRIBE, other(0, 100));

      expect(await store.look(there, me(100))).toEqual({ status: "busy", eventId: "e1" });
      expect(await store.look(there, me(101))).toEqual({ status: "free" });
      expect(await store.look(there, other(50))).toEqual({ status: "free" });
    });

    test("finds how a match has ended, and of a window's alert which event it names", async () => {
      const { id } = newWindow();
      await store.record(place("e1", id), DESCRIBE, "grouped", me(0));
      await store.claim(place("~alert", id), { ...DESCRIBE, eventId: "e2" }, me(0));
      const busy = await store.look(place("~alert", id), other(1));
      await store.confirm(place("~alert", id), "published");
      const done = { status: "done", eventId: "e2", ending: "published" };

      expect(await store.look(place("e1", id), other(1e12))).toEqual({
        status: "done",
        eventId: "e1",
        ending: "grouped",
      });
      expect(busy).toEqual({ status: "busy", eventId: "e2" });
      expect(await store.look(place("~alert", id), me(1))).toEqual(done);
      expect(await store.claim(place("~alert", id), { ...DESCRIBE, eventId: "e3" }, other(1e12))).toEqual(done);
    });
  });

  describe("recording", () => {
    test("says whether the match is new", async () => {
      const place = { windowId: newWindow().id, member: "e1" };

      expect(await store.record(place, DESCRIBE, "grouped", me(0))).toBe(true);
      expect(await store.record(place, DESCRIBE, "grouped", other(0))).toBe(false);
    });

    test("leaves a claim alone while its lease lives, and takes it over after", async () => {
      const place = { windowId: newWindow().id, member: "e1" };
      await store.claim(place, DESCRIBE, other(0, 100));

      expect(await store.record(place, DESCRIBE, "published", me(50))).toBe(false);
      expect(await store.record(place, DESCRIBE, "published", me(101))).toBe(true);
      expect(await statusOf(store.claim(place, DESCRIBE, other(200)))).toBe("done");
    });

    test("keeps who it was and what came of it, and whose event the window's alert is about", async () => {
      const { id } = newWindow();
      const whole = {
        ...DESCRIBE,
        actor: "role ops, session jane (account 1)",
        outcome: "denied",
        category: "Data",
      } as const;
      await store.record({ windowId: id, member: "a" }, whole, "grouped", me(0));
      await store.claim({ windowId: id, member: "~alert" }, { ...whole, eventId: "e1" }, me(0));
      await store.confirm({ windowId: id, member: "~alert" }, "rateLimited");

      expect(await allOf(store.members(id))).toEqual([
        { id: "a", ...whole, ending: "grouped" },
        { id: "~alert", ...whole, eventId: "e1", ending: "rateLimited" },
      ]);
    });

    test("keeps the incident of what is published", async () => {
      const { id } = newWindow();
      await store.claim({ windowId: id, member: "a" }, DESCRIBE, me(0));
      await store.confirm({ windowId: id, member: "a" }, "published", "0123456789abcdef-20261120T021231Z");
      await store.claim({ windowId: id, member: "b" }, DESCRIBE, me(0));
      await store.confirm({ windowId: id, member: "b" }, "published");

      expect(await allOf(store.members(id))).toEqual([
        { id: "a", ...DESCRIBE, ending: "published", incident: "0123456789abcdef-20261120T021231Z" },
        { id: "b", ...DESCRIBE, ending: "published" },
      ]);
    });

    test("keeps what a summary tells, also where an earlier version put down neither caller nor outcome", async () => {
      const { id } = newWindow();
      await store.record({ windowId: id, member: "a" }, DESCRIBE, "grouped", me(0));
      await store.claim({ windowId: id, member: "b" }, { ...DESCRIBE, eventName: "RunInstances" }, me(0));
      await store.record({ windowId: id, member: "c" }, DESCRIBE, "rateLimited", me(0));
      const its = { ...DESCRIBE, recordId: "e4", account: "111122223333" };
      await store.record({ windowId: id, member: "d" }, its, "grouped", me(0));

      expect(await allOf(store.members(id))).toEqual([
        { id: "a", ...DESCRIBE, ending: "grouped" },
        { id: "b", ...DESCRIBE, eventName: "RunInstances" },
        { id: "c", ...DESCRIBE, ending: "rateLimited" },
        { id: "d", ...its, ending: "grouped" },
      ]);
    });

    test("lists more members than one page holds", async () => {
      const { id } = newWindow();
      // DynamoDB's pages end at a megabyte.
      const long = { ...DESCRIBE, eventName: "x".repeat(20_000) };
      for (let i = 0; i < 120; i++) await store.record({ windowId: id, member: `e${i}` }, long, "grouped", me(0));

      expect(await allOf(store.members(id))).toHaveLength(120);
    });
  });

  describe("a call that several accounts have records of", () => {
    test("belongs to the windows of the record that was first to ask, whoever asks again", async () => {
      const first = { id: "count#d#a", callerId: "count#d#b" };
      const later = { id: "count#d#c", callerId: "count#d#e" };

      expect(await store.windowOfCall("d#call/1", first)).toEqual(first);
      expect(await store.windowOfCall("d#call/1", later)).toEqual(first);
      expect(await store.windowOfCall("d#call/1", first)).toEqual(first);
      expect(await store.windowOfCall("d#call/2", { id: later.id })).toEqual({ id: later.id });
      expect(await store.windowOfCall("d#call/2", { id: first.id })).toEqual({ id: later.id });
      expect(await store.windowOfCall("other#call/1", later)).toEqual(later);
    });

    test("belongs to one window, though many ask at once", async () => {
      const asked = await Promise.all(
        Array.from({ length: 10 }, (_, number) => store.windowOfCall("d#call/3", { id: `group#d#${number}` })),
      );

      expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    });

    test("is no window that is due", async () => {
      await store.windowOfCall("d#call/4", { id: "group#d#4" });
      const due: string[] = [];
      for await (const id of store.dueWindows("group", Number.MAX_SAFE_INTEGER)) due.push(id);

      expect(due).not.toContain("group#d#4");
    });
  });

  describe("counting", () => {
    test("counts each member once and never beyond the limit", async () => {
      const { id } = newWindow();

      expect(await store.addToSet(id, "a", 2)).toEqual({ held: true, size: 1 });
      expect(await store.addToSet(id, "a", 2)).toEqual({ held: true, size: 1 });
      expect(await store.addToSet(id, "b", 2)).toEqual({ held: true, size: 2 });
      expect(await store.addToSet(id, "c", 2)).toEqual({ held: false, size: 2 });
      expect(await store.addToSet(id, "a", 2)).toEqual({ held: true, size: 2 });
    });

    test("lets no two in at once for the last place", async () => {
      const { id } = newWindow();

      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => store.addToSet(id, `m${i}`, 5)));

      expect(answers.filter(({ held }) => held)).toHaveLength(5);
    });
  });

  describe("windows", () => {
    const due = async (now: number, id: string) => (await allOf(store.dueWindows("group", now))).includes(id);

    test("are opened by the first event, whoever asks after it", async () => {
      const window = newWindow();

      expect(await store.openWindow(window, "first", 5000)).toBe("first");
      expect(await store.openWindow(window, "second", 5000)).toBe("first");
    });

    test("are due from the time that was said last", async () => {
      const window = newWindow();
      await store.openWindow(window, "first", 5000);
      await store.openWindow(window, "second", 6000);

      expect(await due(5999, window.id)).toBe(false);
      expect(await due(6000, window.id)).toBe(true);
    });

    test("are listed by their kind alone", async () => {
      const window = { ...newWindow(), kind: "digest" as const };
      await store.openWindow(window, "first", 1);

      expect(await due(9999, window.id)).toBe(false);
      expect(await allOf(store.dueWindows("digest", 9999))).toContain(window.id);
    });

    test("are closed by one alone, until their lease is over", async () => {
      const window = newWindow();
      await store.openWindow(window, "first", 5000);

      expect(await store.leaseClosing(window.id, me(4999))).toBeUndefined();
      expect(await store.leaseClosing(window.id, me(5000, 5100))).toEqual({ ...window, closesAt: 5000, reported: 0 });
      expect(await store.leaseClosing(window.id, other(5100))).toBeUndefined();
      expect(await store.leaseClosing(window.id, other(5101, 5200))).toMatchObject({ id: window.id });
    });

    test("are not due once closed, and remember what was told", async () => {
      const window = newWindow();
      await store.openWindow(window, "first", 5000);
      await store.close((await store.leaseClosing(window.id, me(5000))) as ClosingWindow, 7);

      expect(await due(9999, window.id)).toBe(false);
      expect(await store.leaseClosing(window.id, me(9999))).toBeUndefined();
      expect(await store.openWindow(window, "late", 10_000)).toBe("first");
      expect(await store.leaseClosing(window.id, other(10_000))).toMatchObject({ reported: 7 });
    });

    test("stay open when something came while they were being closed", async () => {
      const window = newWindow();
      await store.openWindow(window, "first", 5000);
      const closing = (await store.leaseClosing(window.id, me(5000))) as ClosingWindow;
      await store.openWindow(window, "late", 5300);
      await store.close(closing, 7);

      expect(await due(5300, window.id)).toBe(true);
      expect(await store.leaseClosing(window.id, other(5300))).toMatchObject({ reported: 7 });
    });

    test("that are put off are due again later, for anybody", async () => {
      const window = newWindow();
      await store.openWindow(window, "first", 5000);
      await store.postpone((await store.leaseClosing(window.id, me(5000, 99_999))) as ClosingWindow, 8000);

      expect(await due(7999, window.id)).toBe(false);
      expect(await store.leaseClosing(window.id, other(8000))).toMatchObject({ reported: 0, closesAt: 8000 });
    });

    test("are not put off to before the time that was said meanwhile", async () => {
      const window = newWindow();
      await store.openWindow(window, "first", 5000);
      const closing = (await store.leaseClosing(window.id, me(5000, 99_999))) as ClosingWindow;
      await store.openWindow(window, "late", 8000);
      await store.postpone(closing, 6000);

      expect(await due(7999, window.id)).toBe(false);
      expect(await store.leaseClosing(window.id, other(8000))).toMatchObject({ reported: 0, closesAt: 8000 });
    });

    test("forget nothing that was reported when a closing is written down late", async () => {
      const window = newWindow();
      await store.openWindow(window, "first", 5000);
      const late = (await store.leaseClosing(window.id, me(5000, 5100))) as ClosingWindow;
      await store.openWindow(window, "second", 5300);
      await store.close((await store.leaseClosing(window.id, other(5300))) as ClosingWindow, 9);
      await store.openWindow(window, "third", 6000);
      await store.close(late, 7);

      expect(await store.leaseClosing(window.id, other(6000))).toMatchObject({ reported: 9 });
    });

    test("that nobody opened are closed by nobody", async () => {
      expect(await store.leaseClosing("group#unknown", me(9999))).toBeUndefined();
    });
  });
});
