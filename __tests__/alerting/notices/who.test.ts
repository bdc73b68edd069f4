import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { whoForms, whoShort } from "../../../alerting/notices/who";
import { identityOf } from "../../../detection/events/identity";
import { anyCharacter } from "../../any-character";
import { sso } from "../../detection/events/callers";

const HERE = "111122223333";
const LABELS = { accountNames: { "444455556666": "staging" } };
const role = (name: string, session: string, more: object = {}) => ({
  type: "AssumedRole",
  principalId: `AROAEXAMPLE:${session}`,
  arn: `arn:aws:sts::${HERE}:assumed-role/${name}/${session}`,
  accountId: HERE,
  sessionContext: {
    sessionIssuer: { type: "Role", arn: `arn:aws:iam::${HERE}:role/${name}`, accountId: HERE, userName: name },
    ...more,
  },
});
const root = { type: "Root", principalId: HERE, arn: `arn:aws:iam::${HERE}:root`, accountId: HERE };

describe("whoShort", () => {
  test.each<[string, object, string]>([
    ["an IAM user", { type: "IAMUser", userName: "ann", accountId: HERE }, "ann"],
    ["a user without a name", { type: "IAMUser", arn: `arn:aws:iam::${HERE}:user/team/ann`, accountId: HERE }, "ann"],
    ["a user of another account", { type: "IAMUser", userName: "ann", accountId: "444455556666" }, "ann of staging"],
    [
      "one of an account without a name",
      { type: "IAMUser", userName: "ann", accountId: "777788889999" },
      "ann of 777788889999",
    ],
    ["a user of Identity Center", sso("ann@example.com"), "ann@example.com (Administrator)"],
    [
      "a role of that name elsewhere",
      role("AWSReservedSSO_Admin_0123456789abcdef", "ann"),
      "AWSReservedSSO_Admin_0123456789abcdef/ann",
    ],
    ["a role's session", role("deploy", "i-0abc"), "deploy/i-0abc"],
    ["a session that is called like a user", role("Admin", "ann"), "Admin/ann"],
    [
      "a role without a session",
      { type: "Role", arn: `arn:aws:iam::${HERE}:role/deploy`, accountId: HERE },
      "role deploy",
    ],
    ["the root user", root, "root"],
    ["the root user of another account", { ...root, accountId: "444455556666" }, "root of staging"],
    ["a privileged root session", { ...root, sessionContext: { assumedRoot: "true" } }, "AssumeRoot session"],
    [
      "one that says who",
      { ...root, sessionContext: { assumedRoot: "true", sourceIdentity: "ann" } },
      "AssumeRoot by ann",
    ],
    [
      "a federated user",
      {
        type: "FederatedUser",
        arn: `arn:aws:sts::${HERE}:federated-user/admin`,
        accountId: HERE,
        sessionContext: { sessionIssuer: { type: "IAMUser", userName: "bob" } },
      },
      "bob/admin (federated)",
    ],
    [
      "a user without a role",
      { type: "IdentityCenterUser", userName: "ann", accountId: HERE },
      "ann (Identity Center)",
    ],
    ["a service", { type: "AWSService", invokedBy: "cloudformation.amazonaws.com" }, "cloudformation.amazonaws.com"],
    [
      "another account's caller",
      { type: "AWSAccount", principalId: "AIDAEXAMPLE", accountId: "444455556666" },
      "AIDAEXAMPLE of staging",
    ],
    ["another account", { type: "AWSAccount", accountId: "444455556666" }, "a caller of staging"],
    ["an anonymous caller", { type: "AWSAccount", principalId: "", accountId: "ANONYMOUS_PRINCIPAL" }, "anonymous"],
    [
      "a workload with a token",
      {
        type: "WebIdentityUser",
        userName: "repo:org/app:ref:refs/heads/main",
        identityProvider: "token.actions.githubusercontent.com",
      },
      "repo:org/app:ref:refs/heads/main (web identity)",
    ],
    ["nobody that the record names", {}, "unknown caller"],
  ])("%s", (_, userIdentity, who) => {
    expect(whoShort(identityOf(userIdentity), HERE, LABELS)).toBe(who);
  });

  test("a chosen name never reads as another form: what forms are made of is in no name", () => {
    const hostile = "ann (AdministratorAccess)";

    expect(whoShort(identityOf({ type: "IAMUser", userName: hostile }), HERE)).toBe("ann_AdministratorAccess_");
    expect(whoShort(identityOf({ type: "IAMUser", userName: "Admin/ann" }), HERE)).toBe("Admin_ann");
    expect(whoShort(identityOf(role("Dev", hostile)), HERE)).toBe("Dev/ann_AdministratorAccess_");
    expect(whoShort(identityOf({ type: "IAMUser", userName: "root of prod" }), HERE)).toBe("root_of_prod");
  });

  test("it is one bounded line of the caller's form, whatever the name", () => {
    const text = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(text, text, (name, session) => {
        expect(whoShort(identityOf({ type: "IAMUser", userName: name }), HERE)).toMatch(/^[^\s()/\p{Cc}]{1,64}$/u);
        const named = { ...role("x", "y"), arn: undefined, principalId: `AROA:${session}` };
        expect(whoShort(identityOf(named), HERE)).toMatch(/^x\/[^\s()/\p{Cc}]{1,64}$/u);
      }),
    );
  });
});

describe("whoForms", () => {
  test.each<[string, object, readonly string[]]>([
    [
      "without the domain, then without the permission set",
      sso("ann@example.com"),
      ["ann@example.com (Administrator)", "ann@... (Administrator)", "ann@example.com (SSO)", "ann@... (SSO)"],
    ],
    ["without the session", role("deploy", "i-0abc"), ["deploy/i-0abc", "role deploy"]],
    [
      "without the session's domain",
      role("Admin", "ann@example.com"),
      ["Admin/ann@example.com", "Admin/ann@...", "role Admin"],
    ],
    ["of a user alone", { type: "IAMUser", userName: "ann", accountId: HERE }, ["ann"]],
    [
      "with another account in each",
      { ...role("deploy", "x"), accountId: "444455556666" },
      ["deploy/x of staging", "role deploy of staging"],
    ],
  ])("%s", (_, userIdentity, forms) => {
    expect(whoForms(identityOf(userIdentity), HERE, LABELS)).toEqual(forms);
  });
});
