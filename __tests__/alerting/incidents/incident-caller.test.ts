import { describe, expect, test } from "@jest/globals";
import { incidentCaller } from "../../../alerting/incidents/incident-caller";
import type { CloudTrailRecord } from "../../../detection/events/cloudtrail-record";
import { sso } from "../../detection/events/callers";
import { unauthorizedDescribe } from "../../detection/events/records";

const OTHER = "444455556666";
const of = (userIdentity: object, others: object = {}): string =>
  incidentCaller(unauthorizedDescribe({ userIdentity, ...others }) as CloudTrailRecord);

/** The permission set's role in another account, or another permission set's. */
function elsewhere(session: string, account: string, set: string): object {
  const text = JSON.stringify(sso(session)).replaceAll("111122223333", account).replaceAll("Administrator", set);
  return JSON.parse(text);
}

const ci = (session: string) => ({
  type: "AssumedRole",
  arn: `arn:aws:sts::111122223333:assumed-role/ci/${session}`,
  accountId: "111122223333",
  sessionContext: { sessionIssuer: { type: "Role", arn: "arn:aws:iam::111122223333:role/ci", userName: "ci" } },
});

describe("an Identity Center user", () => {
  test("is one caller, whatever the permission set, the account and the credentials", () => {
    const ann = of(sso("ann@example.com"));

    expect(of(sso("ann@example.com", "ASIAOTHER"))).toBe(ann);
    expect(of(elsewhere("ann@example.com", OTHER, "Administrator"))).toBe(ann);
    expect(of(elsewhere("ann@example.com", "111122223333", "ReadOnly"))).toBe(ann);
  });

  test("is another than whoever has the same permission set", () => {
    expect(of(sso("bob@example.com"))).not.toBe(of(sso("ann@example.com")));
  });

  test("can't be played by a role that only has such a name: its session's name is the caller's choice", () => {
    const pretended = (session: string) =>
      JSON.parse(JSON.stringify(sso(session)).replaceAll("aws-reserved/sso.amazonaws.com/", ""));

    expect(of(pretended("ann@example.com"))).not.toBe(of(sso("ann@example.com")));
    expect(of(pretended("ann@example.com"))).toBe(of(pretended("bob@example.com")));
  });

  test("is known by id where a role is used on behalf of one", () => {
    const onBehalfOf = (userId: string) => ({ ...ci("q"), onBehalfOf: { userId } });

    expect(of(onBehalfOf("u-1"))).not.toBe(of(onBehalfOf("u-2")));
    expect(of({ type: "IdentityCenterUser", onBehalfOf: { userId: "u-1" } })).toBe(of(onBehalfOf("u-1")));
  });
});

test("a role is one caller, whatever its sessions are called, and a user one by ARN", () => {
  expect(of(ci("build-1"))).toBe(of(ci("build-2")));
  expect(of({ type: "IAMUser", arn: "arn:aws:iam::111122223333:user/ann" })).toBe("arn:aws:iam::111122223333:user/ann");
});

describe("what stands for many", () => {
  test.each([
    ["an AWS service", { type: "AWSService", invokedBy: "config.amazonaws.com" }],
    ["anonymous callers", { type: "AWSAccount", principalId: "", accountId: "ANONYMOUS_PRINCIPAL" }],
    [
      "a mistyped name",
      { type: "IAMUser", accountId: "111122223333", userName: "HIDDEN_DUE_TO_SECURITY_REASONS", accessKeyId: "" },
    ],
    ["no name at all", {}],
  ])("%s: is one caller per account and address", (_, identity) => {
    const here = of(identity, { sourceIPAddress: "203.0.113.1" });

    expect(of(identity, { sourceIPAddress: "203.0.113.1" })).toBe(here);
    expect(of(identity, { sourceIPAddress: "203.0.113.2" })).not.toBe(here);
    expect(of(identity, { sourceIPAddress: "203.0.113.1", recipientAccountId: OTHER })).not.toBe(here);
  });

  test("a name without an account is one caller per account, and from everywhere in it", () => {
    const ann = { type: "IAMUser", userName: "ann" };

    expect(of(ann, { recipientAccountId: OTHER })).not.toBe(of(ann));
    expect(of(ann, { sourceIPAddress: "203.0.113.2" })).toBe(of(ann, { sourceIPAddress: "203.0.113.1" }));
  });

  test("root users of two accounts are two callers, and users and roles of one name too", () => {
    for (const identity of [
      { type: "Root", arn: "arn:aws:iam::111122223333:root", accountId: "111122223333" },
      { type: "Root", accountId: "111122223333" },
      { type: "IAMUser", accountId: "111122223333", userName: "ann" },
      ci("build-1"),
    ]) {
      const there = JSON.parse(JSON.stringify(identity).replaceAll("111122223333", OTHER));
      expect(of(there, { recipientAccountId: OTHER })).not.toBe(of(identity));
    }
  });

  test("but a user of a known name is one caller from everywhere", () => {
    const ann = { type: "IAMUser", accountId: "111122223333", userName: "ann" };

    expect(of(ann, { sourceIPAddress: "203.0.113.1" })).toBe(of(ann, { sourceIPAddress: "203.0.113.2" }));
  });
});
