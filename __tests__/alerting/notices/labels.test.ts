import { describe, expect, test } from "@jest/globals";
import { accountLabel, NO_LABELS, shortAccount, timeLabel, withAccountNames } from "../../../alerting/notices/labels";
import { describeActor } from "../../../detection/events/actor";
import { unauthorizedDescribe } from "../../detection/events/records";

const labels = { accountNames: { "111122223333": "prod", "444455556666": "a\nb" }, timeZone: "Asia/Tokyo" };

describe("accounts", () => {
  test("are known by their name, with the id in a text that has room for both", () => {
    expect([shortAccount("111122223333", labels), accountLabel("111122223333", labels)]).toEqual([
      "prod",
      "prod (111122223333)",
    ]);
  });

  test.each(["999988887777", "unknown", "toString", ""])("without a name are known by their id: %j", (account) => {
    expect([shortAccount(account, labels), accountLabel(account, labels)]).toEqual([account, account]);
  });

  test("can't have a name that adds a line", () => {
    expect(accountLabel("444455556666", labels)).toBe("a b (444455556666)");
  });

  test("are named in the description of a caller, those that have a name", () => {
    const text = "role app (account 111122223333), through x of account 999988887777";

    expect(withAccountNames(text, labels)).toBe(
      "role app (account 111122223333, prod), through x of account 999988887777",
    );
  });
});

test.each([
  [{ type: "Root", accountId: "222233334444" }, "root user of another account (222233334444, audit)"],
  [
    { type: "IAMUser", userName: "ann", accountId: "222233334444" },
    "IAM user ann (another account: 222233334444, audit)",
  ],
  [
    { type: "AWSAccount", principalId: "AROAX:s", accountId: "222233334444" },
    "role AROAX, session s (another account: 222233334444, audit)",
  ],
  [{ type: "Root", accountId: "111122223333" }, "root user of account 111122223333, prod"],
])("a caller's account is named, another one than was called too: %j", (userIdentity, words) => {
  const record = unauthorizedDescribe({ userIdentity });

  expect(
    withAccountNames(describeActor(record), { accountNames: { ...labels.accountNames, "222233334444": "audit" } }),
  ).toBe(words);
});

test.each([undefined, null, "root", [[{ type: "Root" }]], 7])(
  "a caller whom the record doesn't name is unknown: %j",
  (userIdentity) => {
    expect(describeActor(unauthorizedDescribe({ userIdentity }))).toBe(
      "unknown caller (the record has no userIdentity that names one)",
    );
  },
);

describe("times", () => {
  test("are given in the time zone too, over the date line", () => {
    expect(timeLabel("2026-11-20T20:14:05Z", labels)).toBe(
      "2026-11-20T20:14:05Z (UTC), 2026-11-21 05:14:05 Asia/Tokyo",
    );
  });

  test("follow the zone's summer time", () => {
    const zone = { ...labels, timeZone: "Europe/Berlin" };

    expect(timeLabel("2026-07-01T00:00:00Z", zone)).toContain("2026-07-01 02:00:00 Europe/Berlin");
    expect(timeLabel("2026-12-01T00:00:00Z", zone)).toContain("2026-12-01 01:00:00 Europe/Berlin");
  });

  test("are in UTC alone where there is no time zone, or no time", () => {
    expect(timeLabel("2026-11-20T20:14:05Z", NO_LABELS)).toBe("2026-11-20T20:14:05Z (UTC)");
    expect(timeLabel("unknown", labels)).toBe("unknown (UTC)");
  });
});
