import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type Options, readOptions, USAGE } from "../../../../tools/bench/scan/options";
import { given } from "../../../cli/command/given";
import { REPOSITORY } from "../../../repository";

function read(...args: readonly string[]): Options {
  return readOptions(given(USAGE, args));
}

test("without arguments, it is text, and misses are only told", () => {
  expect(read()).toEqual({ format: "text", check: false });
  expect(read("--check", "--format", "json")).toEqual({ format: "json", check: true });
});

describe("wrong arguments", () => {
  test.each([
    [["--format", "html"], '--format is "html"; allowed: text, json'],
    [["--fast"], "unknown option --fast"],
    [["file.json.gz"], 'unexpected argument "file.json.gz"'],
  ])("%j get one line", (args, message) => {
    expect(() => read(...args)).toThrow(expect.objectContaining({ problems: [expect.stringContaining(message)] }));
  });

  test("end the program with 2 before anything is measured", () => {
    const program = join(REPOSITORY, "tools", "bench", "scan", "main.ts");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--require", require.resolve("tsx/cjs"), program, "--format", "html"],
      { encoding: "utf8" },
    );

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.split("\n")).toEqual([
      'error: --format is "html"; allowed: text, json',
      "usage: npm run bench -- [OPTION]...",
      "npm run bench -- --help lists what it takes.",
      "",
    ]);
  });
});
