import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readOptions } from "../../../../tools/bench/scan/options";
import { REPOSITORY } from "../../../repository";

test("without arguments, it is text, and misses are only told", () => {
  expect(readOptions([])).toEqual({ format: "text", check: false });
  expect(readOptions(["--check", "--format", "json"])).toEqual({ format: "json", check: true });
});

describe("wrong arguments", () => {
  test.each([
    [["--format", "html"], "--format html: takes text or json"],
    [["--fast"], "Unknown option '--fast'"],
    [["file.json.gz"], "Unexpected argument 'file.json.gz'"],
  ])("%j get one line", (args, message) => {
    const refused = readOptions(args);

    expect(refused).toContain(message);
    expect(refused).not.toContain("\n");
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
      "error: --format html: takes text or json",
      "usage: npm run bench -- [--format text|json] [--check]",
      "",
    ]);
  });
});
