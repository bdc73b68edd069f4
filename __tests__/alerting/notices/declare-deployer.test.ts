import { describe, expect, test } from "@jest/globals";
import { buildAlert } from "../../../alerting/notices/alert";
import { emailText } from "../../../alerting/notices/alert-notice";
import { wrapRecord } from "../../../detection/events/envelope";
import { CALLERS } from "../../../tools/packaging/callers";
import { recordOf } from "../../../tools/packaging/command-texts";
import { harmless } from "../../detection/events/records";
import { detectionNamed } from "./notices";

const alertOf = (userIdentity: object, id = "monitoring-changed", overrides: object = {}) =>
  buildAlert(detectionNamed(id), wrapRecord(harmless({ userIdentity, ...overrides })), "event");
const bob = { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/bob", userName: "bob" };

function role(path: string, account = "111122223333", partition = "aws") {
  const name = path.split("/").at(-1);
  return {
    type: "AssumedRole",
    arn: `arn:${partition}:sts::${account}:assumed-role/${name}/ci`,
    accountId: account,
    sessionContext: {
      sessionIssuer: { type: "Role", arn: `arn:${partition}:iam::${account}:role/${path}`, userName: name },
    },
  };
}

describe("an alert of a change of the monitor", () => {
  test.each([
    ["ops/Deployer", "aws"],
    ["terraform-apply", "aws-us-gov"],
    ["github-actions.monitoring", "aws-cn"],
    ["log-processor-deploy", "aws"],
    ["central-deploy", "aws"],
  ])("says how to declare a role that deploys: %s in %s", (path, partition) => {
    const { declare } = alertOf(role(path, "111122223333", partition));

    expect(declare).toContain(`and only then, add "arn:${partition}:iam::111122223333:role/${path}" to deployers`);
  });

  test("says how to declare a user, as a line of its own", () => {
    expect(emailText(alertOf(bob)).replace(/(?<=\S)\n(?=\S)/g, " ")).toMatch(
      /\n\nIf this is the role or user that deploys .* add "arn:aws:iam::111122223333:user\/bob" .*\n\n/,
    );
  });

  test.each([
    "aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Deployers_0123456789abcdef",
    "AWSReservedSSO_ReadOnly_0123456789abcdef",
    "Admin",
    "platform-administrators",
    "ops/SysAdmins/Deploy",
    "OrganizationAccountAccessRole",
    "AWSControlTowerExecution",
    "break-glass",
    "BreakGlass",
    "emergency-access",
    "root",
    "PowerUser",
    "aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
    "AWSCloudFormationStackSetExecutionRole",
    "cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1",
    "stacksets-exec-0123456789abcdef0123456789abcdef",
    "AWSAFTExecution",
    "prod-adm",
    "SSO_Engineers",
    "okta-engineers",
    "saml-ops",
    "AzureAD-Ops",
    "adfs-dev",
    "Federated-Ops",
    "PlatformOwner",
    "sre-on-call",
  ])("proposes no administrator's, single sign-on or emergency role: %s", (path) => {
    const { declare } = alertOf(role(path));

    expect(declare).toContain("deploy it with a dedicated role");
    expect(declare).toContain("Don't add this caller");
    expect(declare).not.toContain("arn:");
  });

  test.each([
    ["in the console", { sessionCredentialFromConsole: "true" }],
    ["in the console, written as a boolean", { sessionCredentialFromConsole: true }],
  ])("proposes no person's session: %s", (_, overrides) => {
    expect(alertOf(role("ops/Deployer"), "monitoring-changed", overrides).declare).not.toContain("arn:");
  });

  test("proposes no session that was opened with MFA", () => {
    const { sessionContext, ...rest } = role("ops/Deployer");
    const person = { ...rest, sessionContext: { ...sessionContext, attributes: { mfaAuthenticated: "true" } } };

    expect(alertOf(person).declare).not.toContain("arn:");
  });

  test.each([
    ["session", { arn: "arn:aws:sts::111122223333:assumed-role/Deployer/jane@example.com" }],
    ["session, by the principal's id", { arn: undefined, principalId: "AROAEXAMPLE:jane@example.com" }],
  ])("proposes no role with a person's %s", (_, overrides) => {
    expect(alertOf({ ...role("ops/Deployer"), ...overrides }).declare).toContain("Don't add this caller");
  });

  test("proposes no administrator by a user's name", () => {
    expect(alertOf({ ...bob, arn: "arn:aws:iam::111122223333:user/bob.admin" }).declare).not.toContain("arn:");
  });

  test.each([
    ["denied", { errorCode: "AccessDenied" }],
    ["failed", { errorCode: "ResourceNotFoundException", errorMessage: "no such rule" }],
  ])("proposes nothing after a call that %s", (_, overrides) => {
    expect(alertOf(role("ops/Deployer"), "monitoring-changed", overrides)).not.toHaveProperty("declare");
  });

  test("proposes no role of another account", () => {
    expect(alertOf(role("Deployer", "444455556666"))).not.toHaveProperty("declare");
  });

  test.each([
    ["the root user", { type: "Root", arn: "arn:aws:iam::111122223333:root" }],
    ["a service", { type: "AWSService", invokedBy: "config.amazonaws.com" }],
    ["a caller whose ARN is not one", { type: "IAMUser", arn: 'arn:aws:iam::111122223333:user/x" and more' }],
    ["an unknown caller", {}],
  ])("says nothing of the kind about %s", (_, userIdentity) => {
    const alert = alertOf(userIdentity);

    expect(alert).not.toHaveProperty("declare");
    expect(emailText(alert)).not.toContain("deployers");
  });

  test("proposes, of every kind of caller, the deploying role and users alone", () => {
    const proposed = Object.keys(CALLERS).filter((caller) =>
      /add "arn:/.test(
        buildAlert(detectionNamed("monitoring-changed"), wrapRecord(recordOf(caller)), "event").declare ?? "",
      ),
    );

    expect(proposed).toEqual([
      "a user's key",
      "a user's temporary key",
      "a user without an access key",
      "a service with a user's session",
      "a role's session",
      "a workload with an identity provider's token",
      "an instance's role",
      "a function's role",
    ]);
  });
});

test.each(["trail-stopped", "log-files-deleted", "unauthorized-calls"])(
  "an alert of %s, which deployers are alerted on too, does not say so",
  (id) => {
    expect(alertOf(bob, id)).not.toHaveProperty("declare");
  },
);
