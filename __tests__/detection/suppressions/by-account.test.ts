import { describe, expect, test } from "@jest/globals";
import type { Accounts } from "../../../alerting/ports";
import { NAMES } from "../../../config/custom-detections/fixture-names";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { AccountPlace } from "../../../detection/events/account-scope";
import { suppressionProblems } from "../../../detection/suppressions/check-suppression";
import { NO_SUPPRESSIONS } from "../../../detection/suppressions/enabled-suppressions";
import type { Suppression } from "../../../detection/suppressions/suppression";
import {
  delivery,
  enableAll,
  expectBalanced,
  LOG_FILE,
  logFile,
  picked,
  run,
  shipped,
} from "../../alerting/run-pipeline";
import { unauthorizedDescribe } from "../events/records";

const ACCOUNT = "111122223333";
const all: Suppression = {
  id: "sandbox",
  detections: ["unauthorized-calls", "unauthorized-ec2-call"],
  pattern: { source: ["aws.ec2"] },
  owner: "security@example.com",
  reason: "Sandboxes are for trying",
  expires: "2026-11-20",
};
const SANDBOX: AccountPlace = { organizationalUnits: ["r-ab12", "ou-ab12-sandbox1"], tags: { env: "sandbox" } };

/** The pipeline with one suppression, on both paths, where so much is known of the account. */
async function runWith(suppression: Suppression, place?: AccountPlace, hasDirectory = true) {
  const prepared: string[] = [];
  let read: AccountPlace | undefined;
  const accounts: Accounts = {
    prepare: async (ids) => {
      prepared.push(...ids);
      if (ids.includes(ACCOUNT)) read = place;
    },
    of: (account) => (account === ACCOUNT ? read : undefined),
  };
  const record = unauthorizedDescribe();
  const file = await run(
    [delivery(LOG_FILE)],
    { [LOG_FILE]: logFile(record) },
    hasDirectory ? { accounts } : {},
    shipped,
    enableAll([suppression]),
  );
  expect(prepared).toEqual(suppression.organizationalUnits || suppression.accountTags ? [ACCOUNT] : []);
  read = undefined;
  const event = await run([picked(record)], {}, hasDirectory ? { accounts } : {}, shipped, enableAll([suppression]));
  for (const { tally } of [file, event]) expectBalanced(tally);
  expect(file.alerts.length > 0).toBe(event.alerts.length > 0);
  return { ...event, suppressed: event.alerts.length === 0, lines: [file.lines, event.lines] };
}

const UNKNOWN = "suppression can't be applied: the account's organizational units or tags are unknown";
const unknownIn = (lines: readonly (readonly string[])[]) =>
  lines.map((each) => each.filter((line) => line.includes(UNKNOWN)).length);

describe("a suppression by account", () => {
  test.each<[string, Partial<Suppression>, boolean]>([
    ["the account", { accounts: [ACCOUNT] }, true],
    ["another account", { accounts: ["444455556666"] }, false],
    ["a unit above", { organizationalUnits: ["r-ab12"] }, true],
    ["its unit", { organizationalUnits: ["ou-ab12-sandbox1"] }, true],
    ["another unit", { organizationalUnits: ["ou-ab12-prodprod"] }, false],
    ["its tag", { accountTags: { env: "sandbox" } }, true],
    ["another tag", { accountTags: { env: "prod" } }, false],
    ["its unit and another tag", { organizationalUnits: ["r-ab12"], accountTags: { env: "prod" } }, false],
    ["another account and its unit", { accounts: ["444455556666"], organizationalUnits: ["r-ab12"] }, false],
  ])("of %s", async (_, scope, suppressed) => {
    const result = await runWith({ ...all, ...scope }, SANDBOX);

    expect(result.suppressed).toBe(suppressed);
    expect(unknownIn(result.lines)).toEqual([0, 0]);
  });

  test.each([
    ["there is no organization", undefined, false],
    ["nothing is known of the account", undefined, true],
    ["its units are not known", { tags: { env: "sandbox" } }, true],
  ] as const)("alerts where %s, and a processing error says so, once", async (_, place, hasDirectory) => {
    const suppression = { ...all, organizationalUnits: ["ou-ab12-sandbox1"], accountTags: { env: "sandbox" } };
    if (!hasDirectory) {
      const { alerts, lines } = await run([picked()], {}, {}, shipped, enableAll([suppression]));
      expect(alerts).not.toEqual([]);
      expect(unknownIn([lines])).toEqual([1]);
      return;
    }
    const result = await runWith(suppression, place);

    expect(result.suppressed).toBe(false);
    expect(unknownIn(result.lines)).toEqual([1, 1]);
    expect(result.lines[1]?.find((line) => line.includes(UNKNOWN))).toContain('"suppression":"sandbox"');
  });

  test("that is not known to apply is no processing error where another one suppresses, or where it has expired", async () => {
    const unknown = { ...all, organizationalUnits: ["ou-ab12-sandbox1"] };
    const both = await run([picked()], {}, {}, shipped, enableAll([unknown, { ...all, id: "other" }]));
    const expired = await run([picked()], {}, {}, shipped, enableAll([{ ...unknown, expires: "2026-11-01" }]));

    expect(unknownIn([both.lines, expired.lines])).toEqual([0, 0]);
  });

  test("is what reading the directory takes: without one, nothing is read", async () => {
    const accounts: Accounts = {
      prepare: async () => {
        throw new Error("read");
      },
      of: () => {
        throw new Error("read");
      },
    };
    for (const suppressions of [NO_SUPPRESSIONS, enableAll([{ ...all, accounts: [ACCOUNT] }])]) {
      const messages = [picked(), delivery(LOG_FILE)];
      const { failed, lines } = await run(messages, { [LOG_FILE]: logFile() }, { accounts }, shipped, suppressions);

      expect(failed).toEqual([false, false]);
      expect(lines.filter((line) => line.includes("WARN"))).toEqual([]);
    }
  });
});

describe("what can't be a suppression by account", () => {
  test.each<[string, object, string]>([
    ["accounts", { accounts: [] }, "accounts must be a list with at least one item: an account id of 12 digits"],
    ["a name", { accounts: ["payments"] }, "accounts[0] must be an account id of 12 digits"],
    ["units", { organizationalUnits: "ou-ab12-sandbox1" }, "organizationalUnits must be a list with at least one item"],
    [
      "a path",
      { organizationalUnits: ["Root/Prod"] },
      "organizationalUnits[0] must be the id of an organizational unit",
    ],
    ["tags", { accountTags: {} }, "accountTags must be an object such as"],
    ["tags' values", { accountTags: { env: ["prod"] } }, "accountTags must be an object such as"],
    ["null", { accountTags: null }, "accountTags must be an object such as"],
  ])("%s", (_, scope, problem) => {
    const [first, ...others] = suppressionProblems({ ...all, ...scope }, catalogue, NAMES);

    expect(`${first?.path} ${first?.problem}`).toContain(problem);
    expect(others).toEqual([]);
  });
});
