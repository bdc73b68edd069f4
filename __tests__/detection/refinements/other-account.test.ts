import { describe, expect, test } from "@jest/globals";
import type { Refinement } from "../../../detection/refinements/refinement";
import { holds, nested } from "./held";

const OWN = "111122223333";
const OTHER = "444455556666";
const own = `arn:aws:iam::${OWN}:role/deployer`;
const other = `arn:aws:iam::${OTHER}:root`;

const trust: Refinement = { kind: "otherAccount", fields: ["requestParameters.policyDocument"] };

function opens(policyDocument: unknown): boolean {
  return holds(trust, { recipientAccountId: OWN, requestParameters: { policyDocument } });
}

const allow = (rest: object) => ({ Effect: "Allow", Action: "sts:AssumeRole", ...rest });
const policy = (...Statement: readonly unknown[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const principal = (Principal: unknown, Condition?: unknown) =>
  policy(allow(Condition ? { Principal, Condition } : { Principal }));

describe("otherAccount", () => {
  test.each([
    ["another account's id", OTHER, true],
    ["the own id", OWN, false],
    ["another account's id as a number", 444455556666, true],
    ["the own id as a number", 111122223333, false],
    ["another account's ARN", other, true],
    ["an own ARN", own, false],
    ["an own ARN of another partition", `arn:aws-cn:iam::${OWN}:root`, false],
    ["another account's ARN with the own id in its name", `arn:aws:iam::${OTHER}:role/${OWN}:x`, true],
    ["an ARN without an account", "arn:aws:s3:::bucket", true],
    ["an ARN of AWS's own", "arn:aws:iam::aws:policy/ReadOnlyAccess", true],
    ["an ARN of any account", "arn:aws:iam::*:role/x", true],
    ["an ARN that ends too soon", `arn:aws:iam::${OWN}`, true],
    ["the own id with something before it", `x${OWN}`, true],
    ["everybody", "*", true],
    ["a service", "ec2.amazonaws.com", false],
    ["a service in China", "ec2.amazonaws.com.cn", false],
    ["a unique id", "AROAEXAMPLEROLE00001", true],
    ["what CloudTrail hides", "HIDDEN_DUE_TO_SECURITY_REASONS", true],
    ["an empty text", "", false],
    ["true", true, false],
    ["a list with another account", [OWN, other], true],
    ["a list of the own account", [OWN, own], false],
    ["an empty list", [], false],
    ["an object with another account", { add: { items: [{ userId: OTHER }] } }, true],
    ["an object with everybody", { add: { items: [{ group: "all" }] } }, true],
    ["an object of the own account", { add: { items: [{ userId: OWN }] } }, false],
    ["an empty object", {}, false],
  ])("judges %s", (_, value, expected) => {
    expect(opens(value)).toBe(expected);
  });

  test.each([
    ["recipientAccountId first", { recipientAccountId: OWN, userIdentity: { accountId: OTHER } }, false],
    ["the caller's account else", { userIdentity: { accountId: OWN } }, false],
    [
      "the caller's account where the other is empty",
      { recipientAccountId: "", userIdentity: { accountId: OWN } },
      false,
    ],
    ["neither", {}, true],
    ["neither in a way that can be read", { recipientAccountId: 111122223333, userIdentity: [OWN] }, true],
  ])("takes for the own account %s", (_, record, expected) => {
    expect(holds(trust, { ...record, requestParameters: { policyDocument: principal({ AWS: own }) } })).toBe(expected);
  });

  test("needs no own account to know a service for none", () => {
    const ec2 = principal({ Service: "ec2.amazonaws.com" });

    expect(holds(trust, { requestParameters: { policyDocument: ec2 } })).toBe(false);
    expect(holds(trust, { requestParameters: { policyDocument: "ec2.amazonaws.com" } })).toBe(false);
  });

  test("is content with any of several fields", () => {
    const key: Refinement = {
      kind: "otherAccount",
      fields: ["requestParameters.policy", "requestParameters.granteePrincipal"],
    };
    const judge = (requestParameters: unknown) => holds(key, { recipientAccountId: OWN, requestParameters });

    expect(judge({ granteePrincipal: other })).toBe(true);
    expect(judge({ granteePrincipal: own })).toBe(false);
    expect(judge({ policy: principal({ AWS: other }) })).toBe(true);
    expect(judge({ policy: principal({ AWS: own }) })).toBe(false);
    expect(judge({ policy: principal({ AWS: own }), granteePrincipal: other })).toBe(true);
  });

  test.each([
    ["are null", null],
    ["are absent", undefined],
    ["lack the field", { roleName: "deployer" }],
    ["hold null there", { policyDocument: null }],
    ["were left out as too large", { omitted: true, originalSize: 110_000 }],
    ["are a text", "policyDocument"],
  ])("holds where the parameters %s", (_, requestParameters) => {
    expect(holds(trust, { recipientAccountId: OWN, requestParameters })).toBe(true);
  });
});

describe("otherAccount in a policy", () => {
  test.each([
    ["everybody", "*", true],
    ["everybody of AWS", { AWS: "*" }, true],
    ["everybody in a list", { AWS: [own, "*"] }, true],
    ["another account", { AWS: OTHER }, true],
    ["another account's role", { AWS: [own, `arn:aws:iam::${OTHER}:role/x`] }, true],
    ["another account beside a service", { Service: "ec2.amazonaws.com", AWS: other }, true],
    ["the own account", { AWS: OWN }, false],
    ["own principals", { AWS: [own, `arn:aws:sts::${OWN}:assumed-role/x/y`] }, false],
    ["a service", { Service: "ec2.amazonaws.com" }, false],
    ["services", { Service: ["ec2.amazonaws.com", "ssm.amazonaws.com"] }, false],
    ["every service", { Service: "*" }, true],
    ["an account as a service", { Service: OTHER }, true],
    ["an own identity provider", { Federated: `arn:aws:iam::${OWN}:saml-provider/idp` }, false],
    ["another account's identity provider", { Federated: `arn:aws:iam::${OTHER}:saml-provider/idp` }, true],
    ["a pool of Cognito, whoever's it is", { Federated: "cognito-identity.amazonaws.com" }, true],
    ["an external identity provider", { Federated: "accounts.google.com" }, true],
    ["a canonical user", { CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" }, true],
    ["a unique id", { AWS: "AIDAEXAMPLEUSER00001" }, true],
    ["a type that there is not", { Aws: OTHER }, true],
    ["a number", { AWS: 111122223333 }, true],
    ["null", { AWS: null }, true],
    ["an empty list", { AWS: [] }, true],
    ["nobody by type", {}, false],
    ["a text", own, false],
  ])("judges a statement for %s", (_, who, expected) => {
    expect(opens(principal(who))).toBe(expected);
  });

  test.each([
    ["Deny", policy({ Effect: "Deny", Principal: "*" }), false],
    ["Deny beside Allow", policy({ Effect: "Deny", Principal: "*" }, allow({ Principal: { AWS: other } })), true],
    ["the other in the second statement", policy(allow({ Principal: { AWS: own } }), allow({ Principal: "*" })), true],
    ["NotPrincipal", policy(allow({ NotPrincipal: { AWS: own } })), true],
    ["NotPrincipal with Deny", policy({ Effect: "Deny", NotPrincipal: { AWS: own } }), false],
    ["no principal", policy(allow({})), false],
    ["one statement without a list", JSON.stringify({ Statement: allow({ Principal: "*" }) }), true],
    ["one own statement without a list", JSON.stringify({ Statement: allow({ Principal: { AWS: own } }) }), false],
    ["no statement in the list", policy(), false],
    ["no effect", policy({ Principal: { AWS: own } }), true],
    ["an effect in another case", policy({ Effect: "deny", Principal: { AWS: own } }), true],
    ["an element in another case", policy(allow({ principal: "*" })), true],
    ["an element of the policy in another case", JSON.stringify({ Statement: [], statement: [] }), true],
    ["no statements but in another case", JSON.stringify({ statement: [allow({ Principal: "*" })] }), true],
    ["a text for a statement", policy("x"), true],
    ["null for a statement", policy(null), true],
    ["a list in the list", policy([allow({ Principal: "*" })]), true],
  ])("judges %s", (_, text, expected) => {
    expect(opens(text)).toBe(expected);
  });

  test.each([
    ["indented", JSON.stringify(JSON.parse(principal({ AWS: own })), null, "\t")],
    ["URL-encoded", encodeURIComponent(principal({ AWS: own }))],
    ["URL-encoded with spaces before it", encodeURIComponent(`\n ${principal({ AWS: own })}`)],
    ["as an object", JSON.parse(principal({ AWS: own }))],
    ["as text in a list", [principal({ AWS: own })]],
  ])("reads it %s", (_, document) => {
    expect(opens(document)).toBe(false);
  });

  test.each([
    ["cut off", principal({ AWS: own }).slice(0, -1)],
    ["something that isn't JSON", `{${own}}`],
    ["broken encoding", `${encodeURIComponent(principal({ AWS: own }))}%`],
    ["an effect given twice", `{"Statement":[{"Effect":"Allow","Principal":"*","Effect":"Deny"}]}`],
    ["statements given twice", `{"Statement":[{"Effect":"Allow","Principal":"*"}],"Statement":[]}`],
    ["statements given twice, once escaped", `{"Statement":[{"Effect":"Allow","Principal":"*"}],"\\u0053tatement":[]}`],
    ["far too many levels", JSON.stringify({ Statement: [] }).replace("[]", "[".repeat(1e5) + "]".repeat(1e5))],
    ["far too many levels of lists", "[".repeat(1e6) + "]".repeat(1e6)],
    ["far too many levels of objects", nested(1e5)],
  ])("holds for what it can't read: %s", (_, document) => {
    expect(opens(document)).toBe(true);
  });
});

describe("otherAccount and a policy's conditions", () => {
  const everybody = (Condition: unknown) => opens(principal({ AWS: "*" }, Condition));

  test.each([
    ["aws:PrincipalAccount", { StringEquals: { "aws:PrincipalAccount": OWN } }],
    ["aws:SourceAccount", { StringEquals: { "aws:SourceAccount": OWN } }],
    [
      "kms:CallerAccount",
      { StringEquals: { "kms:CallerAccount": OWN, "kms:ViaService": "ebs.eu-west-1.amazonaws.com" } },
    ],
    ["a key in another case", { StringEquals: { "AWS:PRINCIPALACCOUNT": OWN } }],
    ["a list of the own account", { StringEquals: { "aws:PrincipalAccount": [OWN] } }],
    ["StringLike without a wildcard", { StringLike: { "aws:PrincipalAccount": OWN } }],
    [
      "one condition of several",
      { Bool: { "aws:SecureTransport": "true" }, StringEquals: { "kms:CallerAccount": OWN } },
    ],
  ])("takes everybody for the own account where it is pinned by %s", (_, condition) => {
    expect(everybody(condition)).toBe(false);
  });

  test.each([
    ["another account", { StringEquals: { "aws:PrincipalAccount": OTHER } }],
    ["the own account or another", { StringEquals: { "aws:PrincipalAccount": [OWN, OTHER] } }],
    ["an empty list", { StringEquals: { "aws:PrincipalAccount": [] } }],
    ["a wildcard", { StringLike: { "aws:PrincipalAccount": "1111*" } }],
    ["a variable", { StringEquals: { "aws:PrincipalAccount": "${aws:ResourceAccount}" } }],
    ["the organization", { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } }],
    ["an external id", { StringEquals: { "sts:ExternalId": OWN } }],
    ["the opposite", { StringNotEquals: { "aws:PrincipalAccount": OWN } }],
    ["an operator that lets absent keys pass", { StringEqualsIfExists: { "aws:PrincipalAccount": OWN } }],
    ["an operator that lets empty keys pass", { "ForAllValues:StringEquals": { "aws:PrincipalAccount": OWN } }],
    ["a number", { StringEquals: { "aws:PrincipalAccount": 111122223333 } }],
    ["no keys", { StringEquals: OWN }],
    ["a list of conditions", [{ StringEquals: { "aws:PrincipalAccount": OWN } }]],
    ["null", null],
  ])("takes everybody for everybody where the condition is %s", (_, condition) => {
    expect(everybody(condition)).toBe(true);
  });

  test("pins one statement, not its neighbour", () => {
    const pinned = allow({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalAccount": OWN } } });

    expect(opens(policy(pinned))).toBe(false);
    expect(opens(policy(pinned, allow({ Principal: "*" })))).toBe(true);
  });

  test("pins nothing while the own account is not known", () => {
    const document = principal("*", { StringEquals: { "aws:PrincipalAccount": "undefined" } });

    expect(holds(trust, { requestParameters: { policyDocument: document } })).toBe(true);
  });
});
