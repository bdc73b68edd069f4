import { expect, test } from "@jest/globals";
import { loadConfig } from "../../config/load";
import { expectOneLine, problemsOf } from "./problem-lines";

function problems(organizationalUnits: readonly string[]): readonly string[] {
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
