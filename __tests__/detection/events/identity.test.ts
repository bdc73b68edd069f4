// Over 250 lines: one table of the identity types that AWS documents.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { shortActor } from "../../../alerting/notices/sms";
import { callerKey, groupKey } from "../../../alerting/windows/group-key";
import { describeActor } from "../../../detection/events/actor";
import { identityOf } from "../../../detection/events/identity";
import { unauthorizedDescribe } from "./records";

const ACCOUNT = "111122223333";
const OTHER = "444455556666";
const role = (others: object = {}) => ({
  type: "AssumedRole",
  principalId: "AROAEXAMPLE:dana@example.com",
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/admin/dana@example.com`,
  accountId: ACCOUNT,
  accessKeyId: "ASIAEXAMPLE",
  sessionContext: {
    sessionIssuer: {
      type: "Role",
      principalId: "AROAEXAMPLE",
      arn: `arn:aws:iam::${ACCOUNT}:role/team/admin`,
      accountId: ACCOUNT,
      userName: "admin",
    },
    attributes: { creationDate: "2026-11-20T01:00:00Z", mfaAuthenticated: "false" },
  },
  ...others,
});
const root = (others: object = {}) => ({
  type: "Root",
  principalId: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:root`,
  accountId: ACCOUNT,
  accessKeyId: "ASIAEXAMPLEROOT",
  ...others,
});
const rootKey = `arn:aws:iam::${ACCOUNT}:root`;
const roleKey = `arn:aws:iam::${ACCOUNT}:role/team/admin`;
const person = (userId: string) => ({
  type: "IdentityCenterUser",
  accountId: ACCOUNT,
  onBehalfOf: { userId, identityStoreArn: `arn:aws:identitystore::${ACCOUNT}:identitystore/d-9067000000` },
  credentialId: "90676f0000aaaa",
});
const PERSON = "90676f0000-11111111-2222-3333-4444-555555555555";

/** Each: what, the record's `userIdentity`, who in words, what the caller's calls are grouped by. */
const CASES: readonly (readonly [string, unknown, string, string])[] = [
  ["the root user", root(), `root user of account ${ACCOUNT}`, rootKey],
  [
    "the root user, signed in",
    root({ sessionContext: { attributes: { mfaAuthenticated: "true" } } }),
    `root user of account ${ACCOUNT}`,
    rootKey,
  ],
  [
    "a privileged root session",
    root({ sessionContext: { assumedRoot: "true", attributes: { mfaAuthenticated: "false" } } }),
    `privileged root session (AssumeRoot) of account ${ACCOUNT}`,
    `AssumeRoot ${rootKey}`,
  ],
  [
    "a privileged root session, as JSON's true",
    root({ sessionContext: { assumedRoot: true } }),
    `privileged root session (AssumeRoot) of account ${ACCOUNT}`,
    `AssumeRoot ${rootKey}`,
  ],
  [
    "a privileged root session of which the record says little",
    { type: "Root", accountId: ACCOUNT, sessionContext: { assumedRoot: "true", sourceIdentity: "dana" } },
    `privileged root session (AssumeRoot) of account ${ACCOUNT}, source identity dana`,
    `AssumeRoot Root ${ACCOUNT}`,
  ],
  [
    "another account's root user",
    root({ arn: `arn:aws:iam::${OTHER}:root`, accountId: OTHER, principalId: OTHER }),
    `root user of another account (${OTHER})`,
    `arn:aws:iam::${OTHER}:root`,
  ],
  [
    "an IAM user",
    {
      ...{ type: "IAMUser", principalId: "AIDAEXAMPLE", accountId: ACCOUNT, accessKeyId: "AKIAEXAMPLE" },
      arn: `arn:aws:iam::${ACCOUNT}:user/team/alice`,
      userName: "alice",
    },
    `IAM user alice (account ${ACCOUNT})`,
    `arn:aws:iam::${ACCOUNT}:user/team/alice`,
  ],
  [
    "an IAM user through a service",
    {
      ...{
        type: "IAMUser",
        principalId: "AIDAEXAMPLE",
        arn: "arn:aws:iam::1:user/a",
        accountId: ACCOUNT,
        userName: "a",
      },
      invokedBy: "cloudformation.amazonaws.com",
    },
    `IAM user a (account ${ACCOUNT}), through cloudformation.amazonaws.com`,
    "arn:aws:iam::1:user/a",
  ],
  [
    "an IAM user who failed to sign in",
    { type: "IAMUser", accountId: ACCOUNT, accessKeyId: "", userName: "bob" },
    `IAM user bob (account ${ACCOUNT})`,
    `IAMUser ${ACCOUNT} bob`,
  ],
  [
    "an IAM user of another account",
    { type: "IAMUser", arn: `arn:aws:iam::${OTHER}:user/bob`, accountId: OTHER, userName: "bob" },
    `IAM user bob (another account: ${OTHER})`,
    `arn:aws:iam::${OTHER}:user/bob`,
  ],
  ["a role's session", role(), `role admin, session dana@example.com (account ${ACCOUNT})`, roleKey],
  [
    "a role's session of another account",
    role({ accountId: OTHER }),
    `role admin, session dana@example.com (another account: ${OTHER})`,
    roleKey,
  ],
  [
    "a role's session without its issuer",
    role({ sessionContext: undefined }),
    `role admin, session dana@example.com (account ${ACCOUNT})`,
    `arn:aws:sts::${ACCOUNT}:assumed-role/admin`,
  ],
  [
    "a role's session by its principal id alone",
    { type: "AssumedRole", principalId: "AROAEXAMPLE:job", accountId: ACCOUNT },
    `role AROAEXAMPLE, session job (account ${ACCOUNT})`,
    "AROAEXAMPLE",
  ],
  [
    "a role's session with a source identity",
    role({ sessionContext: { ...role().sessionContext, sourceIdentity: "dana" } }),
    `role admin, session dana@example.com (account ${ACCOUNT}), source identity dana`,
    roleKey,
  ],
  [
    "a role's session for a person of IAM Identity Center",
    role({ onBehalfOf: { userId: PERSON, identityStoreArn: "arn:aws:identitystore::1:identitystore/d-1" } }),
    `role admin, session dana@example.com (account ${ACCOUNT}), on behalf of Identity Center user ${PERSON}`,
    roleKey,
  ],
  [
    "a role's session in the scope of a Lambda function",
    role({
      inScopeOf: {
        issuerType: "AWS::Lambda::Function",
        credentialsIssuedTo: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:worker`,
      },
    }),
    `role admin, session dana@example.com (account ${ACCOUNT}), for arn:aws:lambda:us-east-1:${ACCOUNT}:function:worker`,
    roleKey,
  ],
  [
    "a role in the scope of a source",
    role({ inScopeOf: { sourceArn: "arn:aws:ecs:us-east-1:1:task/x", sourceAccount: "1" } }),
    `role admin, session dana@example.com (account ${ACCOUNT}), for arn:aws:ecs:us-east-1:1:task/x`,
    roleKey,
  ],
  [
    "a role with direct access",
    { type: "Role", principalId: "AROAEXAMPLE:s", arn: `arn:aws:iam::${ACCOUNT}:role/team/admin`, accountId: ACCOUNT },
    `role admin, session s (account ${ACCOUNT})`,
    roleKey,
  ],
  [
    "a federated user",
    {
      type: "FederatedUser",
      principalId: `${ACCOUNT}:Bob`,
      arn: `arn:aws:sts::${ACCOUNT}:federated-user/Bob`,
      accountId: ACCOUNT,
      accessKeyId: "ASIAEXAMPLE",
      sessionContext: {
        sessionIssuer: {
          ...{ type: "IAMUser", principalId: "AIDAEXAMPLE", accountId: ACCOUNT, userName: "alice" },
          arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
        },
      },
    },
    `federated user Bob of alice (account ${ACCOUNT})`,
    `arn:aws:iam::${ACCOUNT}:user/alice`,
  ],
  [
    "a federated user of the root user",
    {
      type: "FederatedUser",
      principalId: `${ACCOUNT}:Bob`,
      arn: `arn:aws:sts::${ACCOUNT}:federated-user/Bob`,
      accountId: ACCOUNT,
      sessionContext: { sessionIssuer: { type: "Root", principalId: ACCOUNT, arn: rootKey, accountId: ACCOUNT } },
    },
    `federated user Bob of root (account ${ACCOUNT})`,
    rootKey,
  ],
  [
    "a directory",
    { type: "Directory", principalId: "d-90670000", accountId: ACCOUNT, userName: "carol" },
    `Directory user carol (account ${ACCOUNT})`,
    "d-90670000",
  ],
  [
    "a role of another account",
    { type: "AWSAccount", principalId: "AROAEXAMPLE09:job", accountId: OTHER },
    `role AROAEXAMPLE09, session job (another account: ${OTHER})`,
    "AROAEXAMPLE09",
  ],
  [
    "a user of another account",
    { type: "AWSAccount", principalId: "AIDAEXAMPLE09", accountId: OTHER },
    `IAM user AIDAEXAMPLE09 (another account: ${OTHER})`,
    "AIDAEXAMPLE09",
  ],
  [
    "another account of which nothing more is known",
    { type: "AWSAccount", accountId: OTHER },
    `caller (another account: ${OTHER})`,
    `AWSAccount ${OTHER}`,
  ],
  [
    "an account's own principal",
    { type: "AWSAccount", principalId: "AIDAEXAMPLE09", accountId: ACCOUNT },
    `IAM user AIDAEXAMPLE09 (account ${ACCOUNT})`,
    "AIDAEXAMPLE09",
  ],
  [
    "anybody, of a public object",
    { type: "AWSAccount", principalId: "", accountId: "ANONYMOUS_PRINCIPAL" },
    "anonymous caller (no AWS credentials)",
    "AWSAccount ANONYMOUS_PRINCIPAL",
  ],
  [
    "a service",
    { type: "AWSService", invokedBy: "autoscaling.amazonaws.com" },
    "AWS service autoscaling.amazonaws.com",
    "AWSService autoscaling.amazonaws.com",
  ],
  [
    "a person of IAM Identity Center, known by an id alone",
    person(PERSON),
    `Identity Center user ${PERSON} (account ${ACCOUNT})`,
    PERSON,
  ],
  [
    "a person of IAM Identity Center in an older record",
    { type: "IdentityCenterUser", accountId: ACCOUNT, principalId: `internal/${PERSON}`, userName: "erin" },
    `Identity Center user erin (account ${ACCOUNT})`,
    `internal/${PERSON}`,
  ],
  [
    "a user signed in by SAML",
    {
      type: "SAMLUser",
      principalId: "nameQualifier:carol",
      userName: "carol",
      identityProvider: `arn:aws:iam::${ACCOUNT}:saml-provider/okta`,
    },
    `SAML user carol of arn:aws:iam::${ACCOUNT}:saml-provider/okta`,
    "nameQualifier:carol",
  ],
  [
    "a web identity",
    {
      type: "WebIdentityUser",
      principalId: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com:sts.amazonaws.com:repo:o/r:ref:refs/heads/main`,
      userName: "repo:o/r:ref:refs/heads/main",
      identityProvider: "token.actions.githubusercontent.com",
    },
    "web identity user repo:o/r:ref:refs/heads/main of token.actions.githubusercontent.com",
    `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com:sts.amazonaws.com:repo:o/r:ref:refs/heads/main`,
  ],
  [
    "a caller whom CloudTrail can't tell",
    { type: "Unknown", principalId: "x:y", accountId: ACCOUNT },
    `caller of unknown type x:y (account ${ACCOUNT})`,
    "x:y",
  ],
  ["a type that is new", { type: "Robot", userName: "r2" }, "Robot r2", "Robot r2"],
  ["an empty identity", {}, "caller of unknown type unknown", "unknown"],
  ["no identity", undefined, "unknown caller (the record has no userIdentity that names one)", "unknown"],
  ["text", "alice", "unknown caller (the record has no userIdentity that names one)", "unknown"],
];

test.each(CASES)("text and key name the same caller: %s", (_, userIdentity, words, key) => {
  const record = unauthorizedDescribe({ userIdentity });

  expect(describeActor(record)).toBe(words);
  expect(groupKey(record, undefined)).toBe(key);
});

test("all types that AWS documents are among them", () => {
  const types = new Set(CASES.map(([, userIdentity]) => (userIdentity as { type?: string } | undefined)?.type));

  for (const type of [
    ...["Root", "IAMUser", "AssumedRole", "Role", "FederatedUser", "Directory", "AWSAccount", "AWSService"],
    ...["IdentityCenterUser", "Unknown", "SAMLUser", "WebIdentityUser"],
  ]) {
    expect(types).toContain(type);
  }
});

test("whom the words tell apart, the key of critical alerts tells apart, and the other way round", () => {
  const both = CASES.map(([name, userIdentity]) => {
    const record = unauthorizedDescribe({ userIdentity });
    return { name, words: describeActor(record), key: callerKey(record) };
  });
  // The account called, the service between and the resource that the credentials were made for are no other caller.
  const alike = /through |for arn:|another account|no userIdentity/;
  for (const a of both) {
    for (const b of both) {
      if (alike.test(a.words) || alike.test(b.words)) continue;
      // The ARN of a session says less of its role than the issuer's does, and older records than newer ones.
      if ([a, b].some(({ name }) => /without its issuer|direct access/.test(name))) continue;
      expect(`${a.name}, ${b.name}: ${a.key === b.key}`).toBe(`${a.name}, ${b.name}: ${a.words === b.words}`);
    }
  }
});

test("two people of IAM Identity Center are two, in words and key", () => {
  const [one, other] = ["90676f0000-1", "90676f0000-9"].map((userId) =>
    unauthorizedDescribe({ userIdentity: person(userId) }),
  );

  expect(describeActor(one as never)).not.toBe(describeActor(other as never));
  expect(groupKey(one as never, undefined)).not.toBe(groupKey(other as never, undefined));
});

describe("callerKey", () => {
  const key = (userIdentity: unknown, others: object = {}) =>
    callerKey(unauthorizedDescribe({ userIdentity, errorCode: undefined, errorMessage: undefined, ...others }));

  test("is the same in whatever order the fields of a record come", () => {
    const turned = Object.fromEntries(Object.entries(role()).reverse());

    expect(key(turned)).toBe(key(role()));
  });

  test.each([
    ["another session of the role", role({ arn: `arn:aws:sts::${ACCOUNT}:assumed-role/admin/mallory` })],
    ["other credentials of the same session", role({ accessKeyId: "ASIAOTHER" })],
    ["another source identity", role({ sessionContext: { ...role().sessionContext, sourceIdentity: "mallory" } })],
    ["another person behind it", role({ onBehalfOf: { userId: "u-2" } })],
  ])("tells %s apart", (_, other) => {
    expect(key(other)).not.toBe(key(role()));
  });

  test("goes by the credential of an Identity Center user, and by the address where there is none", () => {
    expect(key(person(PERSON))).not.toBe(key({ ...person(PERSON), credentialId: "other" }));
    expect(key(person(PERSON), { sourceIPAddress: "198.51.100.9" })).toBe(key(person(PERSON)));
    expect(key({ type: "Root" }, { sourceIPAddress: "198.51.100.9" })).not.toBe(key({ type: "Root" }));
  });

  test("of an attempt that was denied is the session's, whatever its credentials or address", () => {
    const attempt = (accessKeyId: string, others = {}) =>
      callerKey(unauthorizedDescribe({ userIdentity: role({ accessKeyId }), ...others }));

    expect(attempt("ASIAONE")).toBe(attempt("ASIATWO", { sourceIPAddress: "198.51.100.9" }));
    expect(attempt("ASIAONE")).not.toBe(attempt("ASIAONE", { errorCode: "TrailNotFoundException" }));
  });
});

test("an SMS leaves out the caller's own account, and keeps another's", () => {
  expect(shortActor(`role admin, session x (account ${ACCOUNT}), through y`)).toBe("role admin, session x");
  expect(shortActor(`role admin, session x (another account: ${OTHER})`)).toContain(OTHER);
});

test("whatever a record holds, there are words and a key", () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom("AssumedRole", "AWSAccount", "Root", "FederatedUser"),
      (value, type) => {
        for (const userIdentity of [
          value,
          { type, arn: value, principalId: value, sessionContext: value, inScopeOf: value },
        ]) {
          expect(describeActor(unauthorizedDescribe({ userIdentity }))).toMatch(/\S/);
          expect(identityOf(userIdentity).principal).toMatch(/\S|^\s+$/);
        }
      },
    ),
  );
});
