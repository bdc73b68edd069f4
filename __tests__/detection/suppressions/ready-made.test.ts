import { describe, expect, test } from "@jest/globals";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { wrapRecord } from "../../../detection/events/envelope";
import { rulingsOn } from "../../../detection/suppressions/enabled-suppressions";
import { type ReadyMadeChoice, readyMade } from "../../../detection/suppressions/ready-made";
import { enableAll } from "../../alerting/run-pipeline";
import { unauthorizedDescribe } from "../events/records";

const CI = "arn:aws:iam::111122223333:role/ci";
const sessionOf = (arn: string) => ({
  type: "AssumedRole",
  arn: "arn:aws:sts::111122223333:assumed-role/ci/build-17",
  sessionContext: { sessionIssuer: { type: "Role", arn } },
});

function suppressed(
  choice: Pick<ReadyMadeChoice, "use" | "roles">,
  id: string,
  record: Readonly<Record<string, unknown>>,
): boolean {
  const enabled = enableAll([readyMade({ ...choice, owner: "o", reason: "r", expires: "2026-12-31" })]);
  const detection = catalogue.find((each) => each.id === id) as Detection;
  // Through JSON, which leaves out what is undefined.
  const event = wrapRecord(JSON.parse(JSON.stringify(unauthorizedDescribe(record))));
  return rulingsOn(enabled, event)(detection).suppressedBy === choice.use;
}

describe("ci-roles", () => {
  const choice = { use: "ci-roles", roles: [CI] } as const;

  test("are the roles declared, and not others of their name", () => {
    expect(suppressed(choice, "unauthorized-calls", { userIdentity: sessionOf(CI) })).toBe(true);
    expect(suppressed(choice, "unauthorized-calls", { userIdentity: sessionOf(`${CI}-2`) })).toBe(false);
    expect(suppressed(choice, "unauthorized-calls", {})).toBe(false);
  });

  test("are told of where it is critical", () => {
    expect(suppressed(choice, "trail-stopped", { userIdentity: sessionOf(CI) })).toBe(false);
  });
});

describe("identity-center-sign-in", () => {
  const signIn = {
    eventSource: "signin.amazonaws.com",
    eventType: "AwsConsoleSignIn",
    eventName: "ConsoleLogin",
    errorMessage: undefined,
    userIdentity: {
      type: "AssumedRole",
      arn: "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ann@example.com",
    },
    responseElements: { ConsoleLogin: "Success" },
    additionalEventData: { MFAUsed: "No" },
  };
  const of = (record: object) =>
    suppressed({ use: "identity-center-sign-in" }, "console-login-without-mfa", { ...signIn, ...record });

  test("is a sign-in with a permission set's role, and nothing else", () => {
    expect(of({})).toBe(true);
    expect(of({ errorMessage: "Failed authentication" })).toBe(false);
    expect(of({ responseElements: { ConsoleLogin: "Failure" } })).toBe(false);
    expect(of({ eventName: "SwitchRole" })).toBe(false);
    expect(of({ userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/ann" } })).toBe(false);
    expect(of({ userIdentity: sessionOf(CI) })).toBe(false);
  });
});

describe("console-probes", () => {
  const probe = { readOnly: true, sessionCredentialFromConsole: "true" };
  const of = (record: object, id = "unauthorized-calls") =>
    suppressed({ use: "console-probes" }, id, { ...probe, ...record });

  test("are refused reads with a console's session", () => {
    expect(of({})).toBe(true);
    expect(of({ sessionCredentialFromConsole: true })).toBe(true);
    expect(of({}, "unauthorized-ec2-call")).toBe(true);
    expect(of({}, "unauthorized-calls-burst")).toBe(true);
    expect(of({ readOnly: false })).toBe(false);
    expect(of({ sessionCredentialFromConsole: undefined })).toBe(false);
    expect(of({}, "data-destroyed")).toBe(false);
  });
});
