import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { groupKey } from "../../../alerting/windows/group-key";
import { unauthorizedDescribe } from "../../detection/events/records";

const actor = (userIdentity: unknown) => groupKey(unauthorizedDescribe({ userIdentity }), undefined);

const ROLE = "arn:aws:iam::111122223333:role/ci";
const session = (name: string) => ({
  type: "AssumedRole",
  principalId: `AROAEXAMPLE:${name}`,
  arn: `arn:aws:sts::111122223333:assumed-role/ci/${name}`,
  accountId: "111122223333",
  accessKeyId: `ASIA${name}`,
  sessionContext: {
    sessionIssuer: { type: "Role", arn: ROLE, userName: "ci" },
    attributes: { mfaAuthenticated: "false" },
  },
});

describe("who made the call", () => {
  test("is the role, whatever its sessions are called", () => {
    expect(actor(session("one"))).toBe(ROLE);
    expect(actor(session("two"))).toBe(ROLE);
  });

  test("is the role, even where the record doesn't say who issued the session", () => {
    const without = (name: string) => ({ ...session(name), sessionContext: undefined });
    const withoutArn = (name: string) => ({ ...without(name), arn: undefined });

    expect(actor(without("one/x"))).toBe("arn:aws:sts::111122223333:assumed-role/ci");
    expect(actor(without("two"))).toBe(actor(without("one/x")));
    expect(actor(withoutArn("one"))).toBe("AROAEXAMPLE");
  });

  test.each([
    ["the root user", { type: "Root", arn: "arn:aws:iam::1:root", accountId: "1" }, "arn:aws:iam::1:root"],
    ["a user", { type: "IAMUser", arn: "arn:aws:iam::1:user/bob", userName: "bob" }, "arn:aws:iam::1:user/bob"],
    ["a service", { type: "AWSService", invokedBy: "ec2.amazonaws.com" }, "AWSService ec2.amazonaws.com"],
    ["a role of another account", { type: "AWSAccount", principalId: "AROAX:y", accountId: "2" }, "AROAX"],
    ["a failed sign-in", { type: "IAMUser", accountId: "1", userName: "bob", accessKeyId: "" }, "IAMUser 1 bob"],
    [
      "a person of IAM Identity Center",
      { type: "IdentityCenterUser", accountId: "1", onBehalfOf: { userId: "u-1", identityStoreArn: "s" } },
      "u-1",
    ],
    ["nobody", {}, "unknown"],
    ["text", "alice", "unknown"],
    ["a list", [], "unknown"],
    ["names that are empty", { arn: "", principalId: "", type: "" }, "unknown"],
    ["names that are no text", { arn: 7, principalId: {}, sessionContext: [], accountId: null }, "unknown"],
  ])("is told for %s", (_, userIdentity, key) => {
    expect(actor(userIdentity)).toBe(key);
  });

  test("tells two users of one account apart who failed to sign in", () => {
    const failed = (userName: string) => actor({ type: "IAMUser", accountId: "1", userName });

    expect(failed("alice")).not.toBe(failed("bob"));
  });
});

describe("the values of fields", () => {
  const record = unauthorizedDescribe({ requestParameters: { set: { b: 1, a: [2] }, none: null } });
  const key = (...fields: readonly string[]) => groupKey(record, fields);

  test("are those that the paths lead to", () => {
    expect(key("eventName", "userIdentity.userName")).toBe('["DescribeInstances","alice"]');
    expect(key("requestParameters.set.b")).toBe("[1]");
  });

  test("are the same in whatever order a record's fields are written", () => {
    const other = unauthorizedDescribe({ requestParameters: { none: null, set: { a: [2], b: 1 } } });

    expect(groupKey(other, ["requestParameters.set"])).toBe(key("requestParameters.set"));
  });

  test.each(["nowhere", "eventName.length", "requestParameters.none", "requestParameters.set.a.0", "__proto__", ""])(
    "are null where nothing, or nothing of the record's own, is at %j",
    (path) => {
      expect(key(path)).toBe("[null]");
    },
  );

  test.each(["constructor", "toString", "userIdentity.hasOwnProperty", "userIdentity.__proto__.constructor"])(
    "are never what every object has, such as %s",
    (path) => {
      expect(key(path)).toBe("[null]");
    },
  );

  test("tell values apart that would read alike, one after the other", () => {
    const of = (a: unknown, b: unknown) => groupKey(unauthorizedDescribe({ a, b }), ["a", "b"]);

    expect(of("x,y", "z")).not.toBe(of("x", "y,z"));
    expect(of("1", null)).not.toBe(of(1, null));
  });
});

test("whatever a record holds, the key is a text with something in it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.option(fc.array(fc.string()), { nil: undefined }), (value, fields) => {
      const record = unauthorizedDescribe({ userIdentity: value, requestParameters: value });

      expect(groupKey(record, fields)).toMatch(/\S/);
    }),
  );
});
