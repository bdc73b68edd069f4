import { expect, test } from "@jest/globals";
import { mfaInWords, mfaUsed } from "../../../alerting/notices/mfa";
import { sso } from "../../detection/events/callers";
import { harmless } from "../../detection/events/records";

const session = (type: string, mfaAuthenticated: unknown, more: object = {}) => ({
  userIdentity: { type, userName: "ann", sessionContext: { attributes: { mfaAuthenticated }, ...more } },
});
const signIn = (MFAUsed: string, userIdentity: object = { type: "IAMUser", userName: "ann" }) => ({
  eventSource: "signin.amazonaws.com",
  eventName: "ConsoleLogin",
  userIdentity,
  additionalEventData: { MFAUsed },
});

test.each<[string, object, boolean | undefined, string]>([
  ["a session with MFA", session("IAMUser", "true"), true, "used"],
  ["a session without", session("IAMUser", "false"), false, "not used"],
  ["the same as a flag", session("Root", false), false, "not used"],
  [
    "a key, which has no session",
    { userIdentity: { type: "IAMUser", accessKeyId: "AKIA1" } },
    undefined,
    "not recorded",
  ],
  ["a role's session", session("AssumedRole", "false"), false, "not used for the role session"],
  ["a role's session with MFA", session("AssumedRole", "true"), true, "used"],
  ["a permission set", { userIdentity: sso("ann") }, undefined, "not recorded"],
  [
    "a web identity",
    session("AssumedRole", "false", { webIdFederationData: { federatedProvider: "accounts.google.com" } }),
    undefined,
    "not recorded",
  ],
  ["a sign-in with MFA", signIn("Yes"), true, "used"],
  ["a sign-in without", signIn("No"), false, "not used"],
  ["a sign-in by an identity provider", signIn("No", sso("ann")), undefined, "not recorded"],
  ["a SAML sign-in", signIn("No", { type: "AssumedRole" }), undefined, "not recorded"],
  [
    "a record that holds anything",
    { userIdentity: { sessionContext: "x" }, additionalEventData: 7 },
    undefined,
    "not recorded",
  ],
])("MFA of %s", (_, overrides, used, words) => {
  const record = harmless(overrides as Record<string, unknown>);

  expect(mfaUsed(record)).toBe(used);
  expect(mfaInWords(record)).toBe(words);
});
