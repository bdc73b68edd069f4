import { describe, expect, test } from "@jest/globals";
import { buildAlert } from "../../../alerting/notices/alert";
import { wrapRecord } from "../../../detection/events/envelope";
import { recordOf } from "../../../tools/packaging/command-texts";
import { harmless } from "../../detection/events/records";
import { detectionNamed } from "./notices";

const alertOf = (id: string, overrides: Record<string, unknown>, prefix?: string) =>
  buildAlert(detectionNamed(id), wrapRecord(harmless(overrides)), "event", undefined, undefined, prefix);

describe("what the monitor consists of", () => {
  const { userIdentity } = JSON.parse(
    JSON.stringify(recordOf("a role's session"))
      .replaceAll("ops/Deployer", "Deployer")
      .replaceAll("Deployer", "acme-alerts-eu-west-1"),
  );

  test("keeps its role's sessions, and is no deployer of itself", () => {
    const own = alertOf("monitoring-changed", { userIdentity }, "acme");

    expect(own.containment).toEqual({ text: expect.stringContaining("monitor's own"), commands: [] });
    expect(own).not.toHaveProperty("declare");
    expect(alertOf("monitoring-changed", { userIdentity }, "other").containment?.commands).not.toEqual([]);
  });

  test.each([
    ["lambda-code-changed", "UpdateFunctionCode20150331v2", { functionName: "acme-alerts" }],
    [
      "lambda-code-changed",
      "UpdateFunctionCode20150331v2",
      { functionName: "arn:aws:lambda:eu-west-1:111122223333:function:acme-alerts:7" },
    ],
    ["lambda-code-changed", "UpdateFunctionCode20150331v2", { functionName: "acme-notifier" }],
    ["role-trust-changed", "CreateRole", { roleName: "acme-alerts-eu-west-1" }],
    ["role-trust-changed", "UpdateAssumeRolePolicy", { roleName: "acme-notifier-eu-west-1" }],
    ["role-trust-changed", "UpdateAssumeRolePolicy", { roleName: "acme-schedules-eu-west-1" }],
  ])("is put back, not stopped: %s, %s of %j", (id, eventName, requestParameters) => {
    const { contain, undo } = alertOf(id, { eventName, requestParameters }, "acme").runbook;

    expect(undo).toEqual([]);
    expect(contain).toContain("terraform apply");
    expect(alertOf(id, { eventName, requestParameters }, "other").runbook.undo).not.toEqual([]);
  });
});
