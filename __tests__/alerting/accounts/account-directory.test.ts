import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { AccountDirectory, type DirectoryPorts } from "../../../alerting/accounts/account-directory";
import type { KnownAccount } from "../../../alerting/accounts/known-account";
import { OwnLabels } from "../../../alerting/accounts/own-labels";
import { namedAccount } from "../../../alerting/notices/labels";
import { accountId, MINUTE } from "./fake-organization";

const PAYMENTS = "444455556666";
const OWN = "111122223333";
const payments: KnownAccount = {
  name: "payments-prod",
  organizationalUnits: ["r-ab12", "ou-ab12-prodprod"],
  tags: { env: "prod" },
};

let stored: Map<string, KnownAccount>;
let reads: string[];
let now: number;
let ports: DirectoryPorts;
beforeEach(() => {
  stored = new Map([[PAYMENTS, payments]]);
  reads = [];
  now = 0;
  ports = {
    read: async (account) => {
      reads.push(account);
      return stored.get(account);
    },
    all: async function* () {
      reads.push("all");
      yield* stored;
    },
    now: () => now,
  };
});
const directoryOf = (changes: Partial<DirectoryPorts> = {}) =>
  new AccountDirectory("o-a1b2c3d4e5", { ...ports, ...changes });

describe("the directory of accounts", () => {
  test("reads an account once in ten minutes, known or not", async () => {
    const directory = directoryOf();
    await Promise.all([directory.prepare([PAYMENTS, OWN]), directory.prepare([PAYMENTS])]);
    await directory.prepare([PAYMENTS, OWN]);

    expect(directory.of(PAYMENTS)).toEqual(payments);
    expect(directory.of(OWN)).toBeUndefined();
    expect(reads).toEqual([PAYMENTS, OWN]);
    now += 10 * MINUTE;
    stored.set(PAYMENTS, { ...payments, name: "payments" });
    await directory.prepare([PAYMENTS]);
    expect(directory.of(PAYMENTS)?.name).toBe("payments");
  });

  test("reads nothing for what is no account's id", async () => {
    await directoryOf().prepare(["unknown", "", "1234", `${PAYMENTS}0`, "#walk"]);

    expect(reads).toEqual([]);
  });

  test("keeps what was read where it can't be read again, and tries after a minute", async () => {
    let fails = false;
    const directory = directoryOf({
      read: async (account) => (fails ? Promise.reject(new Error("ThrottlingException")) : ports.read(account)),
    });
    await directory.prepare([PAYMENTS]);
    fails = true;
    now += 10 * MINUTE;
    await directory.prepare([PAYMENTS]);
    expect(directory.of(PAYMENTS)).toEqual(payments);
    fails = false;
    await directory.prepare([PAYMENTS]);
    expect(reads).toHaveLength(1);
    now += MINUTE;
    await directory.prepare([PAYMENTS]);

    expect(reads).toHaveLength(2);
  });

  test("holds 10,000 accounts of one read, and does not grow with ids that records name", async () => {
    for (let i = 0; i < 10_000; i++) stored.set(accountId(i), { name: `account ${i}` });
    const directory = directoryOf();
    await directory.prepareAll();
    await directory.prepareAll();
    await directory.prepare([accountId(9_999)]);
    expect(directory.known()).toHaveLength(10_001);
    expect(directory.of(accountId(9_999))?.name).toBe("account 9999");
    expect(reads).toEqual(["all"]);

    for (let i = 0; i < 30; i++) {
      await directory.prepare(Array.from({ length: 1_000 }, (_, j) => accountId(500_000 + i * 1_000 + j)));
    }
    await directory.prepare([PAYMENTS]);
    expect(directory.known().length).toBeLessThanOrEqual(10_001);
    expect(directory.of(PAYMENTS)).toEqual(payments);
  });

  test("has what was read before a read of all breaks off", async () => {
    const directory = directoryOf({
      all: async function* () {
        yield [PAYMENTS, payments];
        throw new Error("ThrottlingException");
      },
    });
    await directory.prepareAll();

    expect(directory.of(PAYMENTS)).toEqual(payments);
  });

  describe("where no answer comes", () => {
    beforeEach(() => {
      jest.useFakeTimers();
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    test("waits for a second, and leaves no timer", async () => {
      const directory = directoryOf({ read: () => new Promise(() => {}) });
      let isOver = false;
      void directory.prepare([PAYMENTS]).then(() => {
        isOver = true;
      });
      await jest.advanceTimersByTimeAsync(999);
      expect(isOver).toBe(false);
      await jest.advanceTimersByTimeAsync(1);

      expect(isOver).toBe(true);
      expect(jest.getTimerCount()).toBe(0);
    });
  });
});

describe("labels", () => {
  const labelsOf = (accountNames: Readonly<Record<string, string>>, alias?: string) =>
    new OwnLabels(
      { accountNames },
      OWN,
      {
        read: async () => ({ askedAt: 0, ...(alias !== undefined && { alias }) }),
        write: async () => {},
        ask: async () => undefined,
        now: () => now,
      },
      directoryOf(),
    );

  test("have the organization's names, units and tags of the accounts that an alert speaks of", async () => {
    const labels = await labelsOf({}).labels([PAYMENTS]);

    expect(namedAccount(PAYMENTS, labels)).toEqual({ id: PAYMENTS, organization: "o-a1b2c3d4e5", ...payments });
    expect(namedAccount("999988887777", labels)).toEqual({ id: "999988887777" });
    expect(reads).toEqual([PAYMENTS]);
  });

  test("have the configuration's name before that of Organizations, and that before the alias", async () => {
    stored.set(OWN, { name: "management" });
    expect((await labelsOf({ [PAYMENTS]: "pay" }, "acme").labels()).accountNames).toEqual({
      [PAYMENTS]: "pay",
      [OWN]: "management",
    });
    stored.delete(OWN);
    expect((await labelsOf({}, "acme").labels()).accountNames).toEqual({ [PAYMENTS]: "payments-prod", [OWN]: "acme" });
  });
});
