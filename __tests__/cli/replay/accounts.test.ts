import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, jest, test } from "@jest/globals";
import { CommandError } from "../../../cli/command/command-error";
import { UsageError } from "../../../cli/command/usage-error";
import { accountIds, readAccounts } from "../../../cli/replay/accounts";
import { replay } from "../../../cli/replay/replay";
import { unauthorizedDescribe } from "../../detection/events/records";
import { folderOf } from "./logs";

const PAYMENTS = "444455556666";
const inPayments = unauthorizedDescribe({
  ...{ eventID: "payments", recipientAccountId: PAYMENTS },
  userIdentity: { type: "IAMUser", arn: `arn:aws:iam::${PAYMENTS}:user/bob`, accountId: PAYMENTS, userName: "bob" },
});
const suppression = {
  ...{ id: "sandbox", detections: ["unauthorized-ec2-call"], pattern: { source: ["aws.ec2"] } },
  ...{ owner: "a", reason: "b", expires: "2999-12-31", organizationalUnits: ["ou-ab12-sandbox1"] },
};
const organization = { id: "o-a1b2c3d4e5", managementAccount: "111122223333" };
const folder = folderOf({
  "both.json": JSON.stringify({ Records: [unauthorizedDescribe({ eventID: "own" }), inPayments] }),
  "names.json": JSON.stringify({ [PAYMENTS]: "payments-prod", "777788889999": "audit" }),
  "bom.json": `\ufeff${JSON.stringify({ [PAYMENTS]: "payments-prod" })}`,
  "listed.json": JSON.stringify({
    Accounts: [
      { Id: PAYMENTS, Arn: "arn:aws:organizations::1:account/o-1/4", Name: "payments-prod", Status: "ACTIVE" },
      { Id: "777788889999", Name: "audit" },
    ],
  }),
  "places.json": JSON.stringify({ [PAYMENTS]: { organizationalUnits: ["r-ab12", "ou-ab12-sandbox1"] } }),
  "config.json": JSON.stringify({ context: { accountNames: { "111122223333": "prod" } } }),
  "suppressed.json": JSON.stringify({ context: { organization, suppressions: [suppression] } }),
  "text.json": "payments-prod",
  "list.json": "[]",
  "wrong-id.json": JSON.stringify({ "payments-prod": PAYMENTS }),
  "wrong-name.json": JSON.stringify({ [PAYMENTS]: 5 }),
  "wrong-units.json": JSON.stringify({ [PAYMENTS]: { organizationalUnits: "ou-ab12-sandbox1" } }),
  "wrong-listed.json": JSON.stringify({ Accounts: ["payments-prod"] }),
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  jest.restoreAllMocks();
});
const file = (name: string) => join(folder, name);

/** The command's alerts of EC2, by event. */
async function run(...args: readonly string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  jest.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
  jest.spyOn(console, "error").mockImplementation((line) => errors.push(String(line)));
  const status = await replay([
    ...["--format", "json", "--detection", "unauthorized-ec2-call", "--workers", "1", ...args],
    file("both.json"),
  ]);
  const alerts = out
    .join("")
    .split("\n")
    .filter((line) => line !== "");
  return { status, errors, events: alerts.map((line) => (JSON.parse(line) as { eventID: string }).eventID).sort() };
}

describe("--account takes", () => {
  test.each([
    ["a name of the file", ["--accounts", file("names.json"), "--account", "payments-prod"], ["payments"]],
    [
      "a name that Organizations lists",
      ["--accounts", file("listed.json"), "--account", "Payments-Prod"],
      ["payments"],
    ],
    ["a name behind a byte-order mark", ["--accounts", file("bom.json"), "--account", "payments-prod"], ["payments"]],
    ["a name of the configuration", ["--config", file("config.json"), "--account", "prod"], ["own"]],
    ["an id", ["--config", file("config.json"), "--account", PAYMENTS], ["payments"]],
    [
      "names and ids of both",
      ["--config", file("config.json"), "--accounts", file("names.json"), "--account", `prod,${PAYMENTS}`],
      ["own", "payments"],
    ],
  ])("%s", async (_, args, events) => {
    expect(await run(...args)).toEqual({ status: 0, errors: [], events });
  });

  test("a name of several accounts for all of them, and each once", () => {
    const known = [
      ["111122223333", "sandbox"],
      [PAYMENTS, "sandbox"],
      ["777788889999", "Sandbox"],
    ] as const;

    expect(accountIds(["sandbox", PAYMENTS], known)).toEqual(["111122223333", PAYMENTS]);
  });

  test("no name that there is not, and says the nearest", () => {
    const known = [[PAYMENTS, "payments-prod"] as const, ["777788889999", "audit"] as const];

    expect(() => accountIds(["paymnts-prod"], known)).toThrow(UsageError);
    expect(() => accountIds(["paymnts-prod"], known)).toThrow(
      /^--account is "paymnts-prod": no account has this name; did you mean payments-prod \(444455556666\), audit/,
    );
    expect(() => accountIds(["payments"], [])).toThrow(/must be an account's 12 digits, or a name that accountNames/);
  });
});

describe("--accounts refuses", () => {
  test.each([
    ["none.json", /can't be read: ENOENT/],
    ["text.json", /is not JSON/],
    ["list.json", /is an array: must be a JSON object from account ids to names/],
    ["wrong-id.json", /has "payments-prod": must be a JSON object/],
    ["wrong-name.json", /has "444455556666": must be/],
    ["wrong-units.json", /has "444455556666": must be/],
    ["wrong-listed.json", /has "": must be/],
  ])("%s", (name, problem) => {
    expect(() => readAccounts(file(name))).toThrow(CommandError);
    expect(() => readAccounts(file(name))).toThrow(problem);
  });
});

describe("a suppression by organizational unit", () => {
  test("suppresses in its accounts where the file says their units", async () => {
    const { events, errors } = await run("--config", file("suppressed.json"), "--accounts", file("places.json"));

    expect({ events, errors }).toEqual({ events: ["own"], errors: [] });
  });

  test("suppresses nothing without, and the command says so", async () => {
    const { events, errors } = await run("--config", file("suppressed.json"));

    expect(events).toEqual(["own", "payments"]);
    expect(errors).toEqual([
      "suppression sandbox suppresses nothing here: give the accounts' organizationalUnits and tags with --accounts FILE",
    ]);
  });
});
