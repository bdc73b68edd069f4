import { describe, expect, test } from "@jest/globals";
import { GIVEN } from "../../../config/custom-detections/fixture-names";
import { KEY_SCHEMAS } from "../../../config/schema";
import { trailStopped } from "../../../detection/catalogue/logging/trail-stopped";
import { rootGetCallerIdentity } from "../../../detection/catalogue/root-user/root-get-caller-identity";
import { DEFAULT_NAME_PREFIX, namesFrom, ruleNameOf } from "../../../detection/definition/names";

describe("a rule's name", () => {
  test("of its own counts under the default prefix alone, which no second deployment has", () => {
    expect(DEFAULT_NAME_PREFIX).toBe(KEY_SCHEMAS.namePrefix.default);
    expect(ruleNameOf(rootGetCallerIdentity, "trailwarden")).toBe("GetCallerIdentityAlert");
    expect(ruleNameOf(rootGetCallerIdentity, "guard")).toBe("guard-root-get-caller-identity");
  });

  test("is made of prefix and id otherwise", () => {
    expect(ruleNameOf(trailStopped, "trailwarden")).toBe("trailwarden-trail-stopped");
  });
});

describe("the names of a deployment", () => {
  test.each(["trailwarden", "guard"])("have the rule of root's GetCallerIdentity: %s", (prefix) => {
    expect(namesFrom({ ...GIVEN, prefix }).callerIdentityRule).toBe(ruleNameOf(rootGetCallerIdentity, prefix));
  });

  test("have the folder of the log files, AWSLogs unless another is given", () => {
    expect(namesFrom(GIVEN).logFolder).toBe("AWSLogs");
    expect(namesFrom({ ...GIVEN, logFolder: "AWSLogs/o-a1b2c3d4e5" }).logFolder).toBe("AWSLogs/o-a1b2c3d4e5");
  });

  test("have the ARNs of what lies in other accounts of the organization", () => {
    const { account } = GIVEN;
    const elsewhere = { ...GIVEN, trailAccount: "444455556666", deliveriesTopicAccount: "777788889999" };

    expect(namesFrom(elsewhere)).toEqual({
      ...namesFrom(GIVEN),
      trailArn: namesFrom(GIVEN).trailArn.replace(account, "444455556666"),
      deliveriesTopicArn: namesFrom(GIVEN).deliveriesTopicArn.replace(account, "777788889999"),
    });
  });

  test("have the roles' path, / unless another is given", () => {
    expect(namesFrom(GIVEN).rolePath).toBe("/");
    expect(namesFrom({ ...GIVEN, rolePath: "/security/" }).rolePath).toBe("/security/");
  });
});
