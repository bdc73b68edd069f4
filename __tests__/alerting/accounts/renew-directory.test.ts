// Over 250 lines: every way in which the asking may end.
import { beforeEach, describe, expect, test } from "@jest/globals";
import { type RenewPorts, renewDirectory } from "../../../alerting/accounts/renew-directory";
import { accountId, DAY, FakeOrganization, MemoryDirectory, MINUTE, refusal } from "./fake-organization";

let organization: FakeOrganization;
let directory: MemoryDirectory;
const renew = (tagKeys: readonly string[] = [], changes: Partial<RenewPorts> = {}) =>
  renewDirectory({ ...directory.ports(organization, tagKeys), ...changes });

beforeEach(() => {
  organization = new FakeOrganization();
  directory = new MemoryDirectory();
  organization.units.set("r-ab12", ["ou-ab12-workload"]);
  organization.units.set("ou-ab12-workload", ["ou-ab12-prodprod"]);
  organization.put("r-ab12", "111122223333", "management");
  organization.put("ou-ab12-prodprod", "444455556666", "payments-prod");
});

describe("once a day", () => {
  test("all accounts are stored with their names and the units above them", async () => {
    await renew();

    expect([...directory.accounts]).toEqual(
      expect.arrayContaining([
        ["111122223333", { name: "management", organizationalUnits: ["r-ab12"] }],
        [
          "444455556666",
          { name: "payments-prod", organizationalUnits: ["r-ab12", "ou-ab12-workload", "ou-ab12-prodprod"] },
        ],
      ]),
    );
    expect(directory.accounts.size).toBe(2);
    expect(directory.walk).toMatchObject({ steps: [], tags: false });
    expect(organization.calls.some((call) => call.startsWith("tags"))).toBe(false);
    expect(directory.errors).toEqual([]);
  });

  test("with when they have joined, and whether they are closed", async () => {
    organization.put("r-ab12", "777788889999", "lab", { joinedAt: 5, closed: true });
    await renew();

    expect(directory.accounts.get("777788889999")).toMatchObject({ joinedAt: 5, closed: true });
    expect(directory.accounts.get("444455556666")).not.toHaveProperty("closed");
  });

  test("and not before a day is over", async () => {
    await renew();
    const calls = organization.calls.length;
    directory.now += DAY - 1;
    await renew();
    expect(organization.calls).toHaveLength(calls);
    directory.now += 1;
    await renew();

    expect(organization.calls).toHaveLength(2 * calls);
  });

  test("tags are read where the configuration names some, and only those are kept", async () => {
    organization.tags.set("444455556666", [
      ...Array.from({ length: 25 }, (_, i) => [`other${i}`, "x"] as const),
      ["env", "prod"],
    ]);
    await renew(["env"]);

    expect(directory.accounts.get("444455556666")).toMatchObject({ name: "payments-prod", tags: { env: "prod" } });
    expect(directory.accounts.get("111122223333")?.tags).toEqual({});
    expect(directory.asked.get("444455556666")?.keys).toEqual(["env"]);
  });
});

describe("10,000 accounts", () => {
  beforeEach(() => {
    const units = Array.from({ length: 100 }, (_, i) => `ou-ab12-${String(i).padStart(8, "a")}`);
    organization.units.set("r-ab12", units);
    for (let i = 0; i < 10_000; i++) organization.put(String(units[i % 100]), accountId(i), `account ${i}`);
  });

  test("are read in rounds that end in time and go on where the last has ended", async () => {
    let rounds = 0;
    // Each call takes a fifth of a second: more than one round has time for.
    organization.refuse = () => {
      directory.now += 200;
      return undefined;
    };
    do {
      const before = directory.now;
      await renew();
      expect(directory.now - before).toBeLessThan(31_000);
      directory.now += 5 * MINUTE;
      rounds++;
    } while (directory.walk?.steps.length && rounds < 20);

    expect(directory.accounts.size).toBe(10_001);
    expect(rounds).toBeGreaterThan(2);
    expect(rounds).toBeLessThan(10);
    // Nothing is asked twice.
    expect(organization.calls.filter((call) => call.startsWith("units"))).toHaveLength(105);
  });

  test("are read to the end however often Organizations throttles, tags of 600 too", async () => {
    organization.units.set("r-ab12", organization.units.get("r-ab12")?.slice(0, 6) ?? []);
    let calls = 0;
    organization.refuse = () => {
      calls++;
      return calls % 7 === 1 ? refusal("TooManyRequestsException") : undefined;
    };
    for (
      let round = 0;
      round < 5_000 && (!directory.walk || directory.walk.steps.length || directory.walk.tags);
      round++
    ) {
      await renew(["env"]);
    }

    expect(directory.accounts.size).toBe(601);
    expect(directory.asked.size).toBe(601);
    expect(directory.errors).toEqual([]);
    expect(directory.walk).toMatchObject({ steps: [], tags: false });
  });

  test("leave what is stored usable while they are read", async () => {
    directory.accounts.set(accountId(9_999), { name: "old name", organizationalUnits: ["r-ab12"] });
    organization.refuse = (call) => (organization.calls.length > 50 ? refusal(`Broken${call.length}`) : undefined);
    await renew();

    expect(directory.accounts.get(accountId(9_999))).toEqual({ name: "old name", organizationalUnits: ["r-ab12"] });
    organization.refuse = () => undefined;
    await renew();
    expect(directory.accounts.get(accountId(9_999))?.name).toBe("account 9999");
  });
});

describe("what goes wrong", () => {
  test.each(["AccessDeniedException", "AWSOrganizationsNotInUseException"])(
    "%s is one processing error a day that says how to fix it, and what is stored stays",
    async (name) => {
      directory.accounts.set("444455556666", { name: "payments-prod" });
      organization.refuse = () => refusal(name);
      for (let round = 0; round < 24 * 12; round++) {
        await renew(["env"]);
        directory.now += 5 * MINUTE;
      }

      expect(directory.errors).toHaveLength(1);
      expect(directory.errors[0]?.what).toBe("accounts of the organization can't be read");
      expect(String(directory.errors[0]?.fields.reason)).toContain(name);
      expect(String(directory.errors[0]?.fields.fix)).toContain("register-delegated-administrator");
      expect(organization.calls).toHaveLength(1);
      expect(directory.accounts.get("444455556666")).toEqual({ name: "payments-prod" });
      await renew();
      expect(directory.errors).toHaveLength(2);
    },
  );

  test("a refusal after some accounts is written down, until all are listed a day later", async () => {
    organization.refuse = (call) => (call.startsWith("accounts ou-") ? refusal("AccessDeniedException") : undefined);
    await renew();
    expect(directory.walk).toMatchObject({ steps: [], refused: true });
    organization.refuse = () => undefined;
    directory.now += DAY;
    await renew();

    expect(directory.walk?.steps).toEqual([]);
    expect(directory.walk?.refused).toBeUndefined();
    expect(directory.accounts.size).toBe(2);
  });

  test("tags that the configuration names since are asked for in the next round, once, and no account is", async () => {
    await renew();
    organization.calls.length = 0;
    await renew(["env"]);
    expect(organization.calls).toEqual(["tags 111122223333", "tags 444455556666"]);
    await renew(["env"]);
    await renew([]);
    expect(organization.calls).toHaveLength(2);

    organization.refuse = () => refusal("AccessDeniedException");
    await renew(["env", "team"]);
    await renew(["env", "team"]);
    expect(organization.calls).toHaveLength(3);
    expect(directory.errors.map(({ what }) => what)).toEqual(["tags of accounts of the organization can't be read"]);
  });

  test("where tags alone are denied, names are there, and one processing error says so", async () => {
    organization.refuse = (call) => (call.startsWith("tags") ? refusal("AccessDeniedException") : undefined);
    await renew(["env"]);
    await renew(["env"]);

    expect(directory.errors.map(({ what }) => what)).toEqual(["tags of accounts of the organization can't be read"]);
    expect(directory.accounts.get("444455556666")?.name).toBe("payments-prod");
    expect(directory.accounts.get("444455556666")?.tags).toBeUndefined();
  });

  test("an account whose tags can't be read keeps no other from being asked for, and is asked for again", async () => {
    organization.refuse = (call) => (call === "tags 111122223333" ? refusal("ServiceException") : undefined);
    await renew(["env"]);
    expect([...directory.asked.keys()]).toEqual(["444455556666"]);
    organization.refuse = () => undefined;
    await renew(["env"]);

    expect([...directory.asked.keys()].sort()).toEqual(["111122223333", "444455556666"]);
    expect(organization.calls.filter((call) => call === "tags 444455556666")).toHaveLength(1);
  });

  test("an account that has left meanwhile, and a unit that was deleted, are passed over", async () => {
    organization.refuse = (call) => {
      if (call.endsWith("ou-ab12-prodprod")) return refusal("ParentNotFoundException");
      return call.startsWith("tags") ? refusal("TargetNotFoundException") : undefined;
    };
    await renew(["env"]);

    expect([...directory.accounts.keys()]).toEqual(["111122223333"]);
    expect(directory.walk).toMatchObject({ steps: [], tags: false });
  });

  test("a page that is not known any more is read again from the first", async () => {
    for (let i = 0; i < 30; i++) organization.put("ou-ab12-workload", accountId(i), `account ${i}`);
    let refused = false;
    organization.refuse = (_, next) => {
      if (next === undefined || refused) return undefined;
      refused = true;
      return refusal("InvalidInputException");
    };
    await renew();

    expect(refused).toBe(true);
    expect(directory.accounts.size).toBe(32);
  });

  test("what isn't read within a day is a processing error, and is begun anew", async () => {
    organization.refuse = () => refusal("ServiceException");
    await renew();
    directory.now += DAY;
    organization.refuse = () => undefined;
    await renew();

    expect(directory.errors.map(({ what }) => what)).toEqual(["accounts of the organization can't be read"]);
    expect(directory.accounts.size).toBe(2);
  });

  test("no time left in the invocation: nothing is asked, and the next round does it", async () => {
    directory.remaining = 10_000;
    await renew();
    expect(organization.calls).toEqual([]);
    directory.remaining = 120_000;
    await renew();

    expect(directory.accounts.size).toBe(2);
  });

  test("a table that can't be read or written never rejects", async () => {
    const broken = async () => Promise.reject(refusal("ThrottlingException"));
    await renew([], { readWalk: broken });
    await renew([], { writeAccount: broken });
    await renew([], { writeWalk: broken });

    expect(directory.infos).toHaveLength(3);
    expect(directory.errors).toEqual([]);
  });
});
