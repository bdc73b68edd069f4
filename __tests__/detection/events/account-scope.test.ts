import { describe, expect, test } from "@jest/globals";
import { type AccountPlace, type AccountScope, asksPlace, inScope } from "../../../detection/events/account-scope";

const ACCOUNT = "111122223333";
const UNITS = ["r-ab12", "ou-ab12-workload", "ou-ab12-prodprod"];
const PROD: AccountPlace = { organizationalUnits: UNITS, tags: { env: "prod", team: "pay" } };

describe("an account is in scope", () => {
  test.each<[string, AccountScope, AccountPlace | undefined, boolean | undefined]>([
    ["of nothing in particular", {}, undefined, true],
    ["of its id", { accounts: ["444455556666", ACCOUNT] }, undefined, true],
    ["not of another's id", { accounts: ["444455556666"] }, PROD, false],
    ["of its unit", { organizationalUnits: ["ou-ab12-prodprod"] }, PROD, true],
    ["of a unit above it", { organizationalUnits: ["ou-ab12-otherous", "ou-ab12-workload"] }, PROD, true],
    ["of the root", { organizationalUnits: ["r-ab12"] }, PROD, true],
    ["not of another unit", { organizationalUnits: ["ou-ab12-sandbox1"] }, PROD, false],
    ["of its tag", { accountTags: { env: "prod" } }, PROD, true],
    ["of all its tags", { accountTags: { env: "prod", team: "pay" } }, PROD, true],
    ["not where one tag is another", { accountTags: { env: "prod", team: "ops" } }, PROD, false],
    ["not where a tag is missing", { accountTags: { cost: "1" } }, PROD, false],
    ["not of what every object has", { accountTags: { constructor: "prod" } }, PROD, false],
    ["unless one of several doesn't hold", { accounts: [ACCOUNT], organizationalUnits: ["ou-x"] }, PROD, false],
    ["or not, unknown, without its units", { organizationalUnits: UNITS }, { tags: {} }, undefined],
    [
      "or not, unknown, without its tags",
      { accountTags: { env: "prod" } },
      { organizationalUnits: UNITS },
      undefined,
    ],
    ["or not, unknown, without anything", { accountTags: { env: "prod" } }, undefined, undefined],
    ["not of another's id, whatever is unknown", { accounts: ["1"], accountTags: { env: "prod" } }, undefined, false],
    [
      "not of another tag, whatever is unknown",
      { organizationalUnits: UNITS, accountTags: { env: "x" } },
      { tags: {} },
      false,
    ],
  ])("%s", (_, scope, place, expected) => {
    expect(inScope(scope, ACCOUNT, place)).toBe(expected);
  });

  test("by units and tags alone where it is asked for them", () => {
    expect([{}, { accounts: [ACCOUNT] }].some(asksPlace)).toBe(false);
    expect([{ organizationalUnits: UNITS }, { accountTags: { env: "prod" } }].every(asksPlace)).toBe(true);
  });
});
