import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { scripts, version } from "../../../package.json";
import { REPOSITORY } from "../../repository";

/** Where the commands are started: they should leave it as it is. */
const folder = mkdtempSync(join(tmpdir(), "trailwarden-help-"));
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", require.resolve("tsx/cjs"), join(REPOSITORY, program), ...args],
    { cwd: folder, encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

const COMMANDS = [
  ...["demo", "detections", "module", "replay", "review"].map((name) => [name]),
  ...["list", "explain", "coverage", "forwarders", "test"].map((name) => ["detections", name]),
].map((args) => ({ program: "cli/main.ts", args, command: ["trailwarden", ...args].join(" ") }));

const NPM = ["chaos", "conformance", "bench", "bench:engine", "bench:powertools", "bench:start", "bench:catalogue"]
  .concat(["bench:forwarding", "bench:review", "bench:synth", "docs", "build", "build:simd", "build:report"])
  .map((name) => {
    const program =
      Object.entries(scripts)
        .find(([script]) => script === name)?.[1]
        .split(" ")
        .at(-1) ?? "";
    return { program, args: [] as readonly string[], command: `npm run ${name} --` };
  });

// A process takes its time: each program shows that it asks the one parser, which arguments.test.ts has the cases of.
describe.each([...COMMANDS, ...NPM])("$command", ({ program, args, command }) => {
  test("--help shows how it is used, and does nothing else", () => {
    const { status, stdout, stderr } = run(program, [...args, "--help"]);

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.split("\n")[0]).toMatch(new RegExp(`^usage: ${command}( |$)`));
    expect(stdout).toMatch(/^Options\n( {2}-.+\n)+\nExit code: 0.+\n\nExample\n {2}(trailwarden|npm run) .+\n$/m);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.each(COMMANDS)("$command", ({ program, args, command }) => {
  test("an unknown option ends it before it does anything, and the usage follows", () => {
    const { status, stdout, stderr } = run(program, [...args, "--hlep"]);

    // A review that ends with 2 has refused a plan.
    expect({ status, stdout }).toEqual({ status: command === "trailwarden review" ? 1 : 2, stdout: "" });
    expect(stderr.split("\n").slice(0, 2)).toEqual([
      "error: unknown option --hlep; did you mean --help?",
      expect.stringMatching(new RegExp(`^usage: ${command}( |$)`)),
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("trailwarden", () => {
  test.each([[["--version"]], [["replay", "--version"]]])("%j", (args) => {
    expect(run("cli/main.ts", args)).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  test.each([
    ["--verison", "unknown option --verison; did you mean --version?"],
    ["constructor", 'unknown command "constructor"; allowed: demo, detections, member, module, replay, review, help'],
  ])("refuses %s", (arg, problem) => {
    const { status, stdout, stderr } = run("cli/main.ts", [arg]);

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(`error: ${problem}\nusage: trailwarden COMMAND `);
  });

  test.each([
    [["detections"], "missing argument list|explain|coverage|forwarders|test"],
    [["detections", "lst"], 'unknown subcommand "lst"; did you mean list?'],
    [["module", "a", "b"], 'unexpected argument "b"'],
    [["replay"], "missing argument PATH..."],
    [["replay", "logs", "--format", "csv"], '--format is "csv"; allowed: text, json, html, markdown, ocsf'],
  ])("%j ends with 2", (args, problem) => {
    const { status, stdout, stderr } = run("cli/main.ts", args);

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(`error: ${problem}\nusage: trailwarden ${args[0]} `);
  });
});
