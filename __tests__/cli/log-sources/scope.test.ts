import { expect, test } from "@jest/globals";
import { inScope, type Scope } from "../../../cli/log-sources/scope";
import { EVERYTHING } from "./layouts";

const RECORD = {
  eventTime: "2026-11-20T02:14:05Z",
  awsRegion: "eu-west-1",
  recipientAccountId: "111122223333",
  userIdentity: { accountId: "444455556666" },
};
const AT = Date.parse(RECORD.eventTime);

test.each<[string, Partial<Scope>, boolean]>([
  ["everything", {}, true],
  ["from that instant", { from: AT }, true],
  ["from the next", { from: AT + 1 }, false],
  ["to that instant", { to: AT }, false],
  ["to the next", { to: AT + 1 }, true],
  ["between", { from: AT - 1, to: AT + 1 }, true],
  ["its region among others", { regions: ["us-east-1", "eu-west-1"] }, true],
  ["another region", { regions: ["us-east-1"] }, false],
  ["its account", { accounts: ["111122223333"] }, true],
  ["the caller's account, which is not whose trail it is", { accounts: ["444455556666"] }, false],
  ["its region, but another time", { regions: ["eu-west-1"], from: AT + 1 }, false],
])("asked for %s %j: %s", (_, scope, expected) => {
  expect(inScope({ ...EVERYTHING, ...scope }, RECORD)).toBe(expected);
});

test("the caller's account counts where the record names no other", () => {
  const { recipientAccountId, ...record } = RECORD;

  expect(inScope({ ...EVERYTHING, accounts: ["444455556666"] }, record)).toBe(true);
  expect(inScope({ ...EVERYTHING, accounts: [recipientAccountId] }, record)).toBe(false);
});

test.each([{}, { eventTime: "yesterday", awsRegion: 7, userIdentity: "root" }, { eventTime: "", awsRegion: "" }])(
  "a record that does not say is in: %j",
  (record) => {
    expect(inScope({ from: AT, to: AT + 1, regions: ["eu-west-1"], accounts: ["111122223333"] }, record)).toBe(true);
  },
);
