import { beforeEach, describe, expect, test } from "@jest/globals";
import { parseNotification } from "../../../alerting/delivery/parse-notification";
import type { Ports } from "../../../alerting/ports";
import { MemoryReachState } from "../../../alerting/reach/memory-reach-state";
import { logFileNotes } from "../../../alerting/reach/note-log-file";
import type { KnownMember, Reach, Sender } from "../../../alerting/reach/reach-state";
import { silentAccounts } from "../../../alerting/reach/silent-accounts";
import type { JsonObject } from "../../../detection/events/json";
import { Invocations, sendDigest } from "../jobs/invocations";
import { expectValid } from "../notification/alert-schema";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse("2026-11-20T07:00:00Z");
const A = "111122223333";
const B = "444455556666";

let state: MemoryReachState;
beforeEach(() => {
  state = new MemoryReachState(0);
});

const sent = (account: string, hoursAgo: number, region = "eu-west-1") =>
  state.sent({ account, region, at: NOW - hoursAgo * HOUR });
/** Once a day for a week, the last time some hours ago. */
const sentDaily = async (account: string, hoursAgo: number) => {
  for (let day = 7; day >= 0; day--) await sent(account, hoursAgo + day * 24);
};
const reachWith = (known?: readonly KnownMember[]): Reach => ({
  regions: new Set(["us-east-1"]),
  organization: true,
  state,
  ...(known && { knownMembers: async () => known }),
});
const silent = async (known?: readonly KnownMember[]) =>
  (await silentAccounts(reachWith(known), NOW)).map(({ account }) => account);

describe("silent is an account", () => {
  test.each([
    [0, false],
    [24, false],
    [24.1, true],
    [14 * 24, true],
    [14 * 24 + 1, false],
  ])("whose newest log file is of %s hours ago: %s", async (hours, expected) => {
    await sentDaily(A, hours);

    expect(await silent()).toEqual(expected ? [A] : []);
  });

  test.each([
    ["5 days in a row, then a weekend", [0, 24, 48, 72, 96], 62, false],
    ["6 days in a row", [0, 24, 48, 72, 96, 120], 25, false],
    ["a week, with a gap of more than a day", [0, 24, 48, 72, 97, 121, 145, 169], 25, false],
    ["once", [0], 7 * 24, false],
    ["once", [0], 7 * 24 + 1, true],
    ["once", [0], 14 * 24 + 1, false],
    ["8 days in a row", [0, 24, 48, 72, 96, 120, 144, 168], 25, true],
  ])(
    "that had sent log files on %s (%j hours before), then none for %s hours: %s",
    async (_, before, hours, expected) => {
      for (const earlier of [...before].reverse()) await sent(A, hours + earlier);

      expect(await silent()).toEqual(expected ? [A] : []);
    },
  );

  test("by its newest log file, whichever region it is of and whenever an older one comes", async () => {
    await sent(A, 2, "us-west-2");
    await sent(A, 48, "eu-west-1");

    expect(await silent()).toEqual([]);
  });

  test("unless it was closed or has left", async () => {
    await sentDaily(A, 48);
    await sentDaily(B, 48);

    expect(await silent([{ id: A, status: "removed" }])).toEqual([B]);
  });

  test("that is a member for a week and has never sent one", async () => {
    await sent(A, 8 * 24);
    await sent(A, 1);
    const joinedAt = NOW - 7 * DAY - HOUR;

    expect(await silent([{ id: B, status: "active", joinedAt }])).toEqual([B]);
    expect(await silent([{ id: B, status: "active", joinedAt: NOW - 7 * DAY + HOUR }])).toEqual([]);
    expect(await silent([{ id: B, status: "active" }])).toEqual([]);
    expect(await silent([{ id: B, status: "removed", joinedAt }])).toEqual([]);
    expect(await silent([{ id: A, status: "active", joinedAt }])).toEqual([]);
  });

  test("but not one that has never sent any before log files were read for a week, nor after two", async () => {
    const old: KnownMember[] = [{ id: B, status: "active", joinedAt: 0 }];
    expect(await silent(old)).toEqual([]);
    await sent(A, 6 * 24);
    await sent(A, 1);
    expect(await silent(old)).toEqual([]);
    for (const [weeks, expected] of [
      [1, [B]],
      [2, []],
    ] as const) {
      state = new MemoryReachState(0);
      await sent(A, weeks * 7 * 24 + 1);
      await sent(A, 1);
      expect(await silent(old)).toEqual(expected);
    }
  });
});

describe("the digest", () => {
  let invocations: Invocations;
  beforeEach(() => {
    invocations = new Invocations();
    invocations.now = NOW;
  });
  const digest = (ports: Partial<Ports> = {}) => invocations.invoke([sendDigest], [], { reach: reachWith(), ...ports });

  test("lists silent accounts day by day, and the alarm's metric counts each silence once", async () => {
    await sentDaily(A, 30);
    await sentDaily(B, 1);

    const first = await digest({ labels: { accountNames: { [A]: "payments" } } });
    expect(first.tally.reach.silent).toBe(1);
    expect(first.told).toMatchObject([
      {
        kind: "digest",
        severity: "high",
        day: "2026-11-20",
        count: 0,
        silentAccounts: [
          { account: { id: A, name: "payments" }, region: "eu-west-1", lastLogFile: "2026-11-19T01:00:00Z" },
        ],
      },
    ]);
    const [notice] = first.published;
    expect(notice?.subject).toBe("[DIGEST] 1 account silent in 111122223333".replace(A, "payments"));
    expect(notice?.email).toContain("- payments (111122223333): last log file 2026-11-19T01:00:00Z (UTC), eu-west-1");
    expect(first.lines.join()).toContain('"account is silent"');
    expectValid(first.told[0]);
    expect(parseNotification(first.told[0] as unknown as JsonObject)).toBeTruthy();

    invocations.now += DAY;
    const second = await digest();
    expect(second.told).toMatchObject([{ silentAccounts: [{ account: { id: A } }, { account: { id: B } }] }]);
    expect(second.tally.reach.silent).toBe(1);
  });

  test("counts the next silence of an account that has sent in between", async () => {
    await sentDaily(A, 30);
    expect((await digest()).tally.reach.silent).toBe(1);
    await sent(A, -2);
    invocations.now += 8 * DAY;

    expect((await digest()).tally.reach.silent).toBe(1);
  });

  test("is not sent where all accounts send, or where there is no organization", async () => {
    await sent(A, 1);
    expect((await digest()).told).toEqual([]);

    await sentDaily(B, 30);
    expect((await digest({ reach: { ...reachWith(), organization: false } })).told).toEqual([]);
    expect((await digest({ reach: undefined })).told).toEqual([]);
  });

  test("counts none that it could not publish: the next try does", async () => {
    await sentDaily(A, 30);
    const broken = await digest({ publish: () => Promise.reject(new Error("SNS is down")) });
    expect(broken.tally.reach.silent).toBe(0);
    expect(broken.failed).toEqual([true]);

    expect((await digest()).tally.reach.silent).toBe(1);
  });

  test("says that it can't know them, and comes again", async () => {
    const reach = reachWith();
    const knownMembers = () => Promise.reject(new Error("throttled"));

    expect((await digest({ reach: { ...reach, knownMembers } })).failures).toEqual(["Error: throttled"]);
  });
});

describe("a log file is noted", () => {
  const key = (account: string, time: string, folder = `AWSLogs/o-a1b2c3d4e5/${account}`) =>
    `${folder}/CloudTrail/eu-west-1/2026/11/20/${account}_CloudTrail_eu-west-1_${time}_AbCdEf.json.gz`;
  const written: Sender[] = [];
  const errors: unknown[] = [];
  const failed = (error: unknown) => errors.push(error);
  const notes = (failing: () => boolean = () => false) =>
    logFileNotes(
      {
        sent: async (sender) => {
          if (failing()) throw new Error("throttled");
          written.push(sender);
        },
      },
      () => NOW,
    );
  beforeEach(() => {
    written.length = 0;
    errors.length = 0;
  });

  test("once an account and hour of its time", async () => {
    const note = notes();
    for (const time of ["20261120T0500Z", "20261120T0555Z", "20261120T0601Z", "20261120T0430Z"]) {
      await note(key(A, time), failed);
    }
    await note(key(B, "20261120T0500Z"), failed);

    expect(written.map(({ account, at }) => [account, new Date(at).toISOString()])).toEqual([
      [A, "2026-11-20T05:00:00.000Z"],
      [A, "2026-11-20T06:01:00.000Z"],
      [B, "2026-11-20T05:00:00.000Z"],
    ]);
  });

  test("with the next one where the table refuses it; nothing is thrown", async () => {
    let failing = true;
    const note = notes(() => failing);
    await note(key(A, "20261120T0500Z"), failed);
    expect(errors).toEqual([new Error("throttled")]);
    failing = false;
    await note(key(A, "20261120T0505Z"), failed);

    expect(written).toHaveLength(1);
  });

  test("not by a key of the future, which would hide a silence until then", async () => {
    const note = notes();
    await note(key(A, "20261120T0801Z"), failed);
    expect(written).toEqual([]);

    await note(key(A, "20261120T0800Z"), failed);
    expect(written).toHaveLength(1);
  });

  test("not by a key that is none of CloudTrail's", async () => {
    const note = notes();
    for (const odd of ["", "a.json.gz", key("1", "20261120T0500Z"), key(A, "20261399T0500Z"), "x".repeat(5_000)]) {
      await note(odd, failed);
    }

    expect(written).toEqual([]);
  });
});
