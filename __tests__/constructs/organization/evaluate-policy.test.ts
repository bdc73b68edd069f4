import { describe, expect, test } from "@jest/globals";
import { isAllowed, type Policy, type Request, verdict } from "./evaluate-policy";

const OWNER = "999988887777";
const OTHER = "111122223333";
const ASKED: Request = {
  principal: { account: OTHER, arn: `arn:aws:iam::${OTHER}:role/r` },
  action: "events:PutEvents",
  resource: "arn:aws:events:us-east-1:999988887777:event-bus/default",
  owner: OWNER,
  context: {},
};

/** Whether a statement with this condition applies to a request with these keys. */
function met(
  condition: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>,
  context: Request["context"],
) {
  const policy: Policy = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*", Condition: condition }] };
  return verdict({ ...ASKED, context }, policy, false) === "Allow";
}

describe("conditions, as IAM's user guide has them", () => {
  test("a key that is missing meets no operator but negated ones and those with IfExists", () => {
    expect(met({ StringEquals: { k: "a" } }, {})).toBe(false);
    expect(met({ Bool: { k: "true" } }, {})).toBe(false);
    expect(met({ StringNotEquals: { k: "a" } }, {})).toBe(true);
    expect(met({ StringEqualsIfExists: { k: "a" } }, {})).toBe(true);
  });

  test("Null asks whether the key is missing", () => {
    expect(met({ Null: { k: "true" } }, {})).toBe(true);
    expect(met({ Null: { k: "false" } }, {})).toBe(false);
    expect(met({ Null: { k: "false" } }, { k: "a" })).toBe(true);
  });

  test("ForAllValues is met by none, ForAnyValue needs one", () => {
    const all = { "ForAllValues:StringLike": { k: ["aws.*", "b"] } };
    const any = { "ForAnyValue:StringLike": { k: ["aws.*", "b"] } };

    expect([met(all, {}), met(all, { k: [] }), met(any, {}), met(any, { k: [] })]).toEqual([true, true, false, false]);
    expect([met(all, { k: ["aws.x", "b"] }), met(all, { k: ["aws.x", "c"] })]).toEqual([true, false]);
    expect([met(any, { k: ["aws.x", "c"] }), met(any, { k: ["c"] })]).toEqual([true, false]);
  });

  test("all keys and operators must be met, and one of a key's values", () => {
    expect(met({ StringEquals: { k: ["a", "b"], l: "c" } }, { k: "b", l: "c" })).toBe(true);
    expect(met({ StringEquals: { k: "a", l: "c" } }, { k: "a", l: "d" })).toBe(false);
    expect(met({ StringEquals: { k: "a" }, Bool: { l: "true" } }, { k: "a", l: "false" })).toBe(false);
  });

  test("keys are compared regardless of case, values are not, and only Like has wildcards", () => {
    expect(met({ StringEquals: { "AWS:PrincipalOrgId": "o-1" } }, { "aws:PrincipalOrgID": "o-1" })).toBe(true);
    expect(met({ StringEquals: { k: "O-1" } }, { k: "o-1" })).toBe(false);
    expect(met({ StringEquals: { k: "o-*" } }, { k: "o-1" })).toBe(false);
  });

  test("an ARN's wildcards stay within its parts", () => {
    expect(met({ ArnLike: { k: "arn:aws:iam::*:role/x-*" } }, { k: `arn:aws:iam::${OTHER}:role/x-1` })).toBe(true);
    expect(met({ ArnLike: { k: "arn:aws:iam::*:role/x-*" } }, { k: `arn:aws:iam::${OTHER}:user/role/x-1` })).toBe(
      false,
    );
    expect(met({ ArnLike: { k: "arn:aws:iam::*" } }, { k: `arn:aws:iam::${OTHER}:role/x` })).toBe(false);
  });

  test("what isn't known is no condition that is met", () => {
    expect(() => met({ DateLessThan: { k: "2026-12-01" } }, { k: "2026-11-30" })).toThrow("DateLessThan is not known");
    expect(() => met({ StringEquals: { k: "a" } }, { k: ["a", "b"] })).toThrow("k has several values");
  });
});

describe("who must allow", () => {
  const allow: Policy = { Statement: [{ Effect: "Allow", Principal: "*", Action: "events:*", Resource: "*" }] };
  const deny: Policy = { Statement: [{ Effect: "Deny", Principal: "*", Action: "events:PutEvents", Resource: "*" }] };
  const within: Request = { ...ASKED, principal: { account: OWNER, arn: `arn:aws:iam::${OWNER}:role/r` } };

  test("both sides from another account, either within one", () => {
    expect(isAllowed(ASKED, allow, allow)).toBe(true);
    expect(isAllowed(ASKED, allow, undefined)).toBe(false);
    expect(isAllowed(ASKED, undefined, allow)).toBe(false);
    expect(isAllowed(within, allow, undefined)).toBe(true);
    expect(isAllowed(within, undefined, allow)).toBe(true);
    expect(isAllowed(within, undefined, undefined)).toBe(false);
  });

  test("a denial on either side wins", () => {
    expect(isAllowed(ASKED, deny, allow)).toBe(false);
    expect(isAllowed(within, allow, deny)).toBe(false);
  });

  test("a resource's policy names its principals", () => {
    const named = (AWS: string): Policy => ({
      Statement: [{ Effect: "Allow", Principal: { AWS }, Action: "events:PutEvents", Resource: ASKED.resource }],
    });

    expect(isAllowed(ASKED, allow, named(`arn:aws:iam::${OTHER}:root`))).toBe(true);
    expect(isAllowed(ASKED, allow, named(`arn:aws:iam::222233334444:root`))).toBe(false);
    expect(isAllowed({ ...ASKED, resource: `${ASKED.resource}x` }, allow, named(OTHER))).toBe(false);
  });
});
