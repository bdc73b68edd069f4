import { expect, test } from "@jest/globals";
import { loadConfig } from "../../config/load";
import { expectOneLine, problemsOf } from "./problem-lines";

function problems(organizationalUnits?: readonly string[]): readonly string[] {
  const organization = { id: "o-a1b2c3d4e5", managementAccount: "111122223333", stackSet: { organizationalUnits } };
  const environment = { CDKTF_CONTEXT_JSON: JSON.stringify({ organization }) };
  return problemsOf(() => loadConfig({ environment, file: "not read", detectionIds: [] }));
}

test.each([[["r-ab12"]], [["ou-ab12-c3d4e5f6", "ou-ab12-c3d4e5f7"]]])(
  "units that hold none of each other are allowed: %s",
  (units) => {
    expect(problems(units)).toEqual([]);
  },
);

test("a stack set without units shows what a list of them looks like", () => {
  expectOneLine(
    problems(),
    'organization.stackSet.organizationalUnits is missing (from the context): must be a list of organizational units such as ["ou-ab12-c3d4e5f6"]',
  );
});

test("a unit that is listed twice is refused", () => {
  expectOneLine(
    problems(["ou-ab12-c3d4e5f6", "ou-ab12-c3d4e5f7", "ou-ab12-c3d4e5f6"]),
    "organization.stackSet.organizationalUnits (from the context) has ou-ab12-c3d4e5f6 more than once: list it once",
  );
});

test("a root beside units below it is refused", () => {
  expectOneLine(
    problems(["ou-ab12-c3d4e5f6", "r-ab12", "ou-ab12-c3d4e5f7"]),
    "organization.stackSet.organizationalUnits (from the context) has r-ab12, the root, and units below it (ou-ab12-c3d4e5f6, ou-ab12-c3d4e5f7): list the root alone, or units without it",
  );
});

test("a bus's statements that may be lost are warned of, until they are listed or said to be none", () => {
  const warnings = (organization: object | undefined) => {
    const environment = { CDKTF_CONTEXT_JSON: JSON.stringify({ organization }) };
    return loadConfig({ environment, file: "not read", detectionIds: [] }).warnings.filter((warning) =>
      warning.includes("busStatements"),
    );
  };
  const organization = { id: "o-a1b2c3d4e5", managementAccount: "111122223333" };

  expect(warnings(organization)).toEqual([
    "organization.busStatements is not given: an event bus has one policy, and the apply replaces that of the home default bus; list the statements it has (aws events describe-event-bus), or [] for none",
  ]);
  expect(warnings({ ...organization, busStatements: [] })).toEqual([]);
  expect(warnings({ ...organization, busStatements: [{ Effect: "Allow" }] })).toEqual([]);
  expect(warnings(undefined)).toEqual([]);
});
