import { describe, expect, test } from "@jest/globals";
import { withNames } from "../../../assertions/names";
import { statements } from "../../../assertions/policy-statements";
import { resources } from "../../../assertions/resources";
import { GIVEN } from "../../../config/custom-detections/fixture-names";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { namesFrom } from "../../../detection/definition/names";
import { wrapRecord } from "../../../detection/events/envelope";
import { resolve } from "../../../detection/pattern/resolve";
import { alwaysOn } from "../../../detection/suppressions/always-on";
import { rulingsOn } from "../../../detection/suppressions/enabled-suppressions";
import { enableAll } from "../../alerting/run-pipeline";
import { CHANNELS, synthesizeStack } from "../../constructs/synthesize-stack";
import { harmless, unauthorizedDescribe } from "../events/records";

const DEPLOYERS = ["arn:aws:iam::111122223333:role/ops/Deployer", "arn:aws:iam::111122223333:user/bob"];
const enabled = enableAll(alwaysOn(catalogue, DEPLOYERS));
const byId = (id: string) => catalogue.find((detection) => detection.id === id) as Detection;

/** By which suppression a detection's match of the record would be kept back. */
function keptBack(detection: string, record: Readonly<Record<string, unknown>>): string | undefined {
  return rulingsOn(enabled, wrapRecord(unauthorizedDescribe(record)))(byId(detection)).suppressedBy;
}

const sessionOf = (role: string, type = "AssumedRole") => ({
  type,
  arn: `arn:aws:sts::111122223333:assumed-role/${role.replace(/^.*\//, "")}/session`,
  sessionContext: { sessionIssuer: { type: "Role", arn: `arn:aws:iam::111122223333:role/${role}` } },
});

test("nothing that is always on has anything wrong with it, or ends", () => {
  expect(enabled.suppressions.map(({ id, expires }) => [id, expires])).toEqual([
    ["aws-services", undefined],
    ["monitor-itself", undefined],
    ["stack-sets", undefined],
    ["deployers", undefined],
  ]);
});

describe("what services do of their own accord", () => {
  const service = { userIdentity: { type: "AWSService", invokedBy: "config.amazonaws.com" } };
  const linkedRole = { userIdentity: sessionOf("aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS") };

  test.each([
    ["a service", service],
    ["a service-linked role", linkedRole],
  ])("is not told: %s", (_, record) => {
    expect(keptBack("unauthorized-calls", record)).toBe("aws-services");
    expect(keptBack("data-destroyed", record)).toBe("aws-services");
  });

  test("is told in every detection that guards the monitor", () => {
    const guards = catalogue.filter(({ deployers }) => deployers === "ignored");

    expect(guards.map(({ services }) => services)).toEqual(guards.map(() => "evaluated"));
  });

  test.each([
    ["a role that calls itself service-linked", { userIdentity: sessionOf("AWSServiceRoleForRDS") }],
    ["a role with that path's name at its end", { userIdentity: sessionOf("x/aws-service-role") }],
    [
      "a user's call through a service",
      {
        userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/alice", invokedBy: "rds.amazonaws.com" },
      },
    ],
  ])("is told: %s", (_, record) => {
    expect(keptBack("unauthorized-calls", record)).toBeUndefined();
  });

  test.each([
    ...["trail-stopped", "trail-changed", "log-archive-changed", "log-files-deleted", "guardduty-disabled"],
    ...["costly-resource-created", "key-quarantined"],
  ])("is told where it matters: %s", (detection) => {
    expect(keptBack(detection, service)).toBeUndefined();
    expect(keptBack(detection, linkedRole)).toBeUndefined();
  });
});

describe("what the monitor itself does", () => {
  const stack = synthesizeStack({}, { unchecked: { channels: CHANNELS } });
  const roles = resources(stack, "aws_iam_role")
    .map(({ attributes }) => String(attributes.name))
    .filter((name) => !name.includes("trail-logs"));
  const actionsOf = (role: string) =>
    resources(stack, "aws_iam_role_policy")
      .filter(({ attributes }) => withNames(stack, attributes.role) === role)
      .flatMap((policy) => statements(policy).flatMap(({ actions }) => actions))
      .map((action) => action.replace(/^.*:/, ""));
  const own = (role: string, eventName: string) => {
    const { errorCode, errorMessage, ...record } = harmless({ eventName, userIdentity: sessionOf(role) });
    return rulingsOn(enabled, wrapRecord(record as never))(byId("unauthorized-calls")).suppressedBy;
  };

  test("is done by three roles, with these policies", () => {
    expect(roles).toEqual([
      "trailwarden-alerts-us-east-1",
      "trailwarden-notifier-us-east-1",
      "trailwarden-schedules-us-east-1",
    ]);
    expect(roles.map((role) => new Set(actionsOf(role)).size)).toEqual([15, 17, 2]);
  });

  test("is not told where the role's policy allows it, and is told otherwise", () => {
    const calls = [...new Set(roles.flatMap(actionsOf)), "DeleteQueue", "ListBuckets", "AssumeRole"];
    for (const role of roles) {
      const kept = calls.filter((call) => own(role, call) === "monitor-itself");

      expect(kept.sort()).toEqual([...new Set(actionsOf(role))].sort());
    }
  });

  test("is told when it is refused: then it can't do its work", () => {
    const record = { eventName: "Decrypt", userIdentity: sessionOf("trailwarden-alerts-us-east-1") };

    expect(keptBack("unauthorized-calls", record)).toBeUndefined();
  });

  test("is told of anybody else", () => {
    expect(own("trailwarden-alerts-us-east-1-copy", "Decrypt")).toBeUndefined();
    expect(own("other/trailwarden-alerts-us-east-1", "Decrypt")).toBeUndefined();
  });

  test("is done by roles at the configured path, and at no other", () => {
    const monitor = alwaysOn(catalogue, []).find(({ id }) => id === "monitor-itself");
    const { pattern } = monitor ?? { pattern: {} };
    const resolved = JSON.stringify(resolve(pattern, namesFrom({ ...GIVEN, rolePath: "/security/" })));

    expect(resolved).toContain('"arn:aws:iam::111122223333:role/security/trailwarden-alerts-us-east-1"');
    expect(resolved).not.toContain(":role/trailwarden-");
  });
});

describe("those who deploy the monitor", () => {
  const role = { userIdentity: sessionOf("ops/Deployer") };
  const user = { userIdentity: { type: "IAMUser", arn: DEPLOYERS[1], userName: "bob" } };
  const watched = catalogue.filter(({ deployers }) => deployers === "ignored").map(({ id }) => id);

  test("may change the bucket's settings and the monitor's own resources", () => {
    expect([...watched].sort()).toEqual([
      "log-archive-changed",
      "monitoring-changed",
      "monitoring-forwarding-changed",
      "monitoring-function-changed",
      "monitoring-messages-changed",
      "monitoring-storage-changed",
      "monitoring-subscriptions-changed",
      "monitoring-topics-changed",
    ]);
    for (const id of watched) expect([keptBack(id, role), keptBack(id, user)]).toEqual(["deployers", "deployers"]);
  });

  test("are told of in everything else: nobody stops the trail or deletes log files unseen", () => {
    const others = catalogue.map(({ id }) => id).filter((id) => !watched.includes(id));

    expect(others).toEqual(expect.arrayContaining(["trail-stopped", "log-files-deleted", "data-destroyed"]));
    for (const id of others) expect([keptBack(id, role), keptBack(id, user)]).toEqual([undefined, undefined]);
  });

  test.each([
    ["a role of the same name elsewhere", { userIdentity: sessionOf("Deployer") }],
    ["another user", { userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/bobby" } }],
    ["the root user", { userIdentity: { type: "Root", arn: "arn:aws:iam::111122223333:root" } }],
    ["nobody", { userIdentity: {} }],
    [
      "a session that a declared user handed out",
      {
        userIdentity: {
          type: "FederatedUser",
          arn: "arn:aws:sts::111122223333:federated-user/x",
          sessionContext: { sessionIssuer: { type: "IAMUser", arn: DEPLOYERS[1] } },
        },
      },
    ],
  ])("are not %s", (_, record) => {
    for (const id of watched) expect(keptBack(id, record)).toBeUndefined();
  });

  test("are nobody where none is declared", () => {
    expect(alwaysOn(catalogue, []).map(({ id }) => id)).toEqual(["aws-services", "monitor-itself", "stack-sets"]);
  });
});

describe("what a stack set deploys to member accounts", () => {
  const MEMBER = "444455556666";
  const EXECUTION = "stacksets-exec-0a1b2c3d4e5f";
  const SERVICE =
    "aws-service-role/member.org.stacksets.cloudformation.amazonaws.com/AWSServiceRoleForCloudFormationStackSetsOrgMember";
  const by = (role: string, more: object = {}) => ({
    recipientAccountId: MEMBER,
    eventSource: "events.amazonaws.com",
    eventName: "PutRule",
    sourceIPAddress: "cloudformation.amazonaws.com",
    userIdentity: { ...sessionOf(role), invokedBy: "cloudformation.amazonaws.com" },
    ...more,
  });

  test("does not alert: the change of the stack set did", () => {
    for (const eventName of ["PutRule", "PutTargets", "PutRolePolicy", "SetQueueAttributes"]) {
      expect(keptBack("monitoring-changed", by(EXECUTION, { eventName }))).toBe("stack-sets");
    }
    expect(keptBack("monitoring-forwarding-changed", by(SERVICE, { eventName: "DeleteStack" }))).toBe("stack-sets");
  });

  test.each<[string, object]>([
    ["what it removes", by(EXECUTION, { eventName: "DeleteRule" })],
    ["what is done by hand with its role", by(EXECUTION, { sourceIPAddress: "198.51.100.7" })],
    ["what another service does with its role", by(EXECUTION, { userIdentity: sessionOf(EXECUTION) })],
    ["what CloudFormation does with another role", by("Administrator")],
    ["what is done with a role of such a name's end", by(`x-${EXECUTION}`)],
    ["what is done with a role of the service's name in another path", by(SERVICE.replace("aws-service-role/", "x/"))],
    ["anything in the central account", by(EXECUTION, { recipientAccountId: "111122223333" })],
    ["anything of the service's role in the central account", by(SERVICE, { recipientAccountId: "111122223333" })],
  ])("alerts: %s", (_, record) => {
    expect(keptBack("monitoring-changed", record as Readonly<Record<string, unknown>>)).toBeUndefined();
  });

  test("alerts in every detection that doesn't guard the monitor", () => {
    expect(keptBack("trail-stopped", by(EXECUTION))).toBeUndefined();
  });
});
