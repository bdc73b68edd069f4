import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { UsageError } from "../../../cli/command/usage-error";
import { type ReviewArguments, readArguments, USAGE } from "../../../cli/review/arguments";
import { fixture } from "../../plan-review/plans";
import { REPOSITORY } from "../../repository";
import { given } from "../command/given";

const ID = "module.audit.aws_cloudtrail.main#trail-logging";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwarden review "));
  const plans = fixture("trail-logging");
  for (const [name, plan] of Object.entries(plans)) writeFileSync(join(folder, `${name}.json`), JSON.stringify(plan));
  writeFileSync(join(folder, "half.json"), JSON.stringify(plans.fine).slice(0, 1_000));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], input = "") {
  const command = ["--require", require.resolve("tsx/cjs"), join(REPOSITORY, "cli", "main.ts"), "review", ...args];
  return spawnSync(process.execPath, command, { cwd: folder, input, encoding: "utf8" });
}

describe("the command", () => {
  test("exits 0 when all is well", () => {
    const { status, stdout, stderr } = run(["fine.json"]);

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^## Passed: no violations\n/);
  });

  test("exits 2 when it refuses, and takes the plan on standard input", () => {
    const { status, stdout } = run(["-"], JSON.stringify(fixture("trail-logging").refused));

    expect(status).toBe(2);
    expect(stdout).toContain(ID);
  });

  test("exits 0 when what it refuses is accepted", () => {
    const { status, stdout } = run(["--accept", ID, "--reason", "the organization's trail records it", "refused.json"]);

    expect(status).toBe(0);
    expect(stdout).toContain("Reason: the organization's trail records it");
  });

  test("is JSON for programs", () => {
    const { status, stdout } = run(["refused.json", "--format", "json"]);

    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: "refused",
      refused: [
        {
          id: ID,
          check: "trail-logging",
          address: "module.audit.aws_cloudtrail.main",
          findings: [{ attribute: "enable_logging", before: "true", after: "false" }],
        },
      ],
      accepted: [],
      indeterminate: [],
      drift: [],
    });
  });

  test("has the same fields in every JSON review: they are a contract with programs", () => {
    const fields = (name: string, list: string) => {
      const parsed = JSON.parse(run([`${name}.json`, "--format", "json"]).stdout);
      return { review: Object.keys(parsed), first: Object.keys(parsed[list][0] ?? {}) };
    };
    const review = ["verdict", "refused", "accepted", "indeterminate", "drift", "touched", "watched", "rest", "notes"];

    expect(fields("refused", "refused")).toEqual({
      review,
      first: ["id", "check", "address", "region", "because", "why", "remediation", "findings"],
    });
    expect(fields("refused", "touched")).toEqual({
      review,
      first: ["address", "label", "action", "attributes", "imported", "region"],
    });
  });

  test("says in JSON that a plan passes", () => {
    expect(JSON.parse(run(["fine.json", "--format=json"]).stdout)).toMatchObject({ verdict: "passed", refused: [] });
  });

  test.each([
    ["half.json", /^error: half\.json is truncated JSON/],
    ["none.json", /^error: cannot read none\.json: ENOENT/],
    [".", /^error: cannot read \.: EISDIR/],
  ])("exits 1 with one line when it can't read the plan: %s", (file, expected) => {
    const { status, stdout, stderr } = run([file]);

    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(expected);
    expect(stderr.trimEnd()).not.toContain("\n");
  });
});

function read(args: readonly string[]): ReviewArguments {
  return readArguments(given(USAGE, args));
}

describe("arguments", () => {
  test("are a file, a format, and pairs of id and reason, in any order", () => {
    const { file, format, accepting } = read([
      "--accept=a#b",
      "--reason",
      "x ",
      "p.json",
      "--format=json",
      "--accept",
      "c#d",
      "--reason=y",
    ]);

    expect({ file, format, accepting: [...accepting] }).toEqual({
      file: "p.json",
      format: "json",
      accepting: [
        ["a#b", "x"],
        ["c#d", "y"],
      ],
    });
  });

  test.each([
    [[], "missing argument PLAN.json"],
    [["a", "b"], 'unexpected argument "b"'],
    [["a", "--force"], "unknown option --force"],
    [["a", "--format", "xml"], '--format is "xml"; allowed: markdown, json'],
    [["a", "--format"], "--format has no value"],
    [["a", "--accept", "x#y"], '--accept "x#y" must be followed by --reason'],
    [["a", "--accept", "x#y", "--accept", "z#y", "--reason", "r"], '--accept "x#y" must be followed by --reason'],
    [["a", "--accept", "x#y", "--reason", " "], '--reason is " ": must be a non-empty string'],
    [["a", "--reason", "r"], "--reason must follow its --accept"],
    [["a", "--accept", "x#y", "--reason", "r", "--accept", "x#y", "--reason", "s"], 'duplicate --accept "x#y"'],
  ])("that are wrong are refused: %j", (args, expected) => {
    expect(() => read(args)).toThrow(UsageError);
    expect(() => read(args)).toThrow(expected);
  });
});
