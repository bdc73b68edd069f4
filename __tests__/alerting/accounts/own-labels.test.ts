import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { type AliasPorts, OwnLabels, type StoredAlias } from "../../../alerting/accounts/own-labels";

const ACCOUNT = "111122223333";
const OTHER = { "444455556666": "audit" };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NONE = { accountNames: OTHER };
const named = (alias: string) => ({ accountNames: { ...OTHER, [ACCOUNT]: alias } });

/** A table and IAM, as many environments as are asked for, and a count of what is asked. */
class Fixture {
  now = Date.parse("2026-11-20T02:00:00Z");
  stored: StoredAlias | undefined;
  read: AliasPorts["read"] = async () => this.stored;
  write: AliasPorts["write"] = async (alias) => {
    this.stored = alias;
  };
  ask: AliasPorts["ask"] = async () => "acme-prod";
  readonly asked = { read: 0, write: 0, ask: 0 };
  readonly lines: string[] = [];
  readonly errors: string[] = [];
  readonly log = {
    info: (what: string, fields: object) => void this.lines.push(`${what}: ${JSON.stringify(fields)}`),
    processingError: (what: string) => void this.errors.push(what),
  };

  environment(accountNames: Readonly<Record<string, string>> = OTHER): OwnLabels {
    return new OwnLabels({ accountNames }, ACCOUNT, {
      read: () => this.#count("read", () => this.read()),
      write: (alias) => this.#count("write", () => this.write(alias)),
      ask: () => this.#count("ask", () => this.ask()),
      now: () => this.now,
    });
  }

  #count<T>(what: "read" | "write" | "ask", call: () => T): T {
    this.asked[what]++;
    return call();
  }
}

let fixture: Fixture;
beforeEach(() => {
  fixture = new Fixture();
});

describe("an alert's labels", () => {
  test("have the stored alias, which is read once, and never ask IAM", async () => {
    fixture.stored = { alias: "acme-prod", askedAt: fixture.now };
    const own = fixture.environment();
    own.begin();
    own.begin();

    expect(await own.labels()).toEqual(named("acme-prod"));
    fixture.now += DAY;
    own.begin();
    expect(await own.labels()).toEqual(named("acme-prod"));
    expect(fixture.asked).toEqual({ read: 1, write: 0, ask: 0 });
  });

  test("keep time zone and other accounts' names", async () => {
    fixture.stored = { alias: "acme-prod", askedAt: 0 };
    const configured = { accountNames: OTHER, timeZone: "Asia/Tokyo" };
    const own = new OwnLabels(configured, ACCOUNT, { ...fixture, now: () => 0 });

    expect(await own.labels()).toEqual({ ...named("acme-prod"), timeZone: "Asia/Tokyo" });
    expect(configured).toEqual({ accountNames: OTHER, timeZone: "Asia/Tokyo" });
  });

  test("have the configuration's name where it has one, and nothing is read", async () => {
    fixture.stored = { alias: "acme-prod", askedAt: fixture.now };
    const own = fixture.environment({ [ACCOUNT]: "prod" });
    own.begin();

    expect(await own.labels()).toEqual({ accountNames: { [ACCOUNT]: "prod" } });
    expect(fixture.asked.read).toBe(0);
  });

  test("have none where the account has no alias, and it is not read again", async () => {
    fixture.stored = { askedAt: fixture.now };
    const own = fixture.environment();

    expect(await own.labels()).toEqual(NONE);
    fixture.now += DAY;
    expect(await own.labels()).toEqual(NONE);
    expect(fixture.asked.read).toBe(1);
  });

  test.each<[string, AliasPorts["read"]]>([
    ["nothing is stored", async () => undefined],
    ["it can't be read", async () => Promise.reject(new Error("ThrottlingException"))],
  ])("have none where %s, and it is read again after five minutes", async (_, read) => {
    fixture.read = read;
    const own = fixture.environment();
    expect(await own.labels()).toEqual(NONE);

    fixture.read = async () => ({ alias: "acme-prod", askedAt: 0 });
    fixture.now += 5 * MINUTE - 1;
    expect(await own.labels()).toEqual(NONE);
    fixture.now += 1;
    expect(await own.labels()).toEqual(named("acme-prod"));
    expect(fixture.asked.read).toBe(2);
  });

  describe("where no answer comes", () => {
    beforeEach(() => {
      jest.useFakeTimers();
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    test("wait for a second, once, and have the alias as soon as it comes", async () => {
      let answer: (alias: StoredAlias) => void = () => {};
      fixture.read = () =>
        new Promise((resolve) => {
          answer = resolve;
        });
      const own = fixture.environment();
      own.begin();
      await jest.advanceTimersByTimeAsync(10_000);
      let first: unknown;
      void own.labels().then((labels) => {
        first = labels;
      });

      await jest.advanceTimersByTimeAsync(999);
      expect(first).toBeUndefined();
      await jest.advanceTimersByTimeAsync(1);
      expect(first).toEqual(NONE);
      expect(await own.labels()).toEqual(NONE);
      answer({ alias: "acme-prod", askedAt: 0 });
      await jest.advanceTimersByTimeAsync(0);
      expect(await own.labels()).toEqual(named("acme-prod"));
      expect(jest.getTimerCount()).toBe(0);
    });
  });
});

describe("the schedule", () => {
  test("asks IAM and stores the answer, for itself and for other environments, and asks again after a day", async () => {
    const own = fixture.environment();
    await own.renew(fixture.log);
    expect(await own.labels()).toEqual(named("acme-prod"));
    expect(fixture.stored).toEqual({ alias: "acme-prod", askedAt: fixture.now });

    fixture.ask = async () => "acme-production";
    fixture.now += DAY - 1;
    await fixture.environment().renew(fixture.log);
    expect(fixture.asked.ask).toBe(1);
    fixture.now += 1;
    await own.renew(fixture.log);

    expect(fixture.asked.ask).toBe(2);
    expect(await own.labels()).toEqual(named("acme-production"));
    expect(await fixture.environment().labels()).toEqual(named("acme-production"));
  });

  test("gives its answer to an environment that has read that there is none", async () => {
    const own = fixture.environment();
    expect(await own.labels()).toEqual(NONE);
    await own.renew(fixture.log);

    expect(await own.labels()).toEqual(named("acme-prod"));
  });

  test("stores that the account has no alias, or none any more", async () => {
    fixture.stored = { alias: "acme-prod", askedAt: fixture.now - DAY };
    fixture.ask = async () => undefined;
    const own = fixture.environment();
    await own.renew(fixture.log);

    expect(fixture.stored).toEqual({ askedAt: fixture.now });
    expect(await own.labels()).toEqual(NONE);
  });

  test("asks nothing where the configuration has a name", async () => {
    await fixture.environment({ [ACCOUNT]: "prod" }).renew(fixture.log);

    expect(fixture.asked).toEqual({ read: 0, write: 0, ask: 0 });
  });

  test.each([
    ["has none where there was none", undefined, NONE],
    ["keeps the alias that was stored", "acme-old", named("acme-old")],
  ])("%s when IAM refuses, asks again after a day, and counts no error", async (_, alias, expected) => {
    if (alias !== undefined) fixture.stored = { alias, askedAt: fixture.now - DAY };
    fixture.ask = async () => Promise.reject(new Error("AccessDenied"));
    const own = fixture.environment();
    await own.renew(fixture.log);
    await own.renew(fixture.log);

    expect(await own.labels()).toEqual(expected);
    expect(fixture.asked).toMatchObject({ ask: 1, write: 1 });
    expect(fixture.lines).toEqual([expect.stringContaining("account alias can't be read")]);
    expect(fixture.lines[0]).toContain("AccessDenied");
    expect(fixture.errors).toEqual([]);
  });

  test("goes on where the table can't be read or written, with what IAM has answered", async () => {
    const refuse = async () => Promise.reject(new Error("ThrottlingException"));
    fixture.read = refuse;
    const unread = fixture.environment();
    await unread.renew(fixture.log);
    expect(fixture.asked.ask).toBe(0);
    expect(await unread.labels()).toEqual(NONE);

    fixture.read = async () => undefined;
    fixture.write = refuse;
    const unwritten = fixture.environment();
    await unwritten.renew(fixture.log);

    expect(await unwritten.labels()).toEqual(named("acme-prod"));
    expect(fixture.lines).toEqual(Array(2).fill(expect.stringContaining("account alias can't be stored")));
  });
});
