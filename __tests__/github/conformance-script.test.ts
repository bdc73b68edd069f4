import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "../repository";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwarden conformance "));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script with an npm that prints these lines and exits so. */
function conformance(lines: readonly string[], exitCode: number) {
  const bin = join(folder, "bin");
  const summary = join(folder, "summary");
  mkdirSync(bin);
  writeFileSync(join(folder, "lines"), `${lines.join("\n")}\n`);
  writeFileSync(summary, "");
  writeFileSync(
    join(bin, "npm"),
    `#!/bin/sh\necho "$@" > "${folder}/arguments"\ncat "${folder}/lines"\nexit ${exitCode}\n`,
    { mode: 0o755 },
  );
  const { status, stdout } = spawnSync(join(REPOSITORY, ".github", "scripts", "conformance.sh"), {
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, GITHUB_STEP_SUMMARY: summary },
    encoding: "utf8",
  });
  return {
    status,
    stdout,
    summary: readFileSync(summary, "utf8"),
    asked: readFileSync(join(folder, "arguments"), "utf8").trim(),
    annotations: stdout.split("\n").filter((line) => line.startsWith("::")),
  };
}

describe("the weekly conformance run", () => {
  test("asks about 300,000 pairs of no fixed seed", () => {
    expect(conformance([], 0).asked).toBe("run --silent conformance -- --pairs 300000");
  });

  test("passes where the two agree, and shows the report with its seed", () => {
    const { status, stdout, summary, annotations } = conformance(["seed 7: 300,000 pairs", "no disagreement"], 0);

    expect(status).toBe(0);
    expect(stdout).toContain("seed 7: 300,000 pairs");
    expect(summary).toBe("```\nseed 7: 300,000 pairs\nno disagreement\n```\n");
    expect(annotations).toEqual([]);
  });

  test("fails where they don't, and annotates the run with the smallest pairs", () => {
    const lines = ["seed 7: true 40 %", "DISAGREEMENTS: 3 --seed 7", "1. event-ruler: true", '   event {"a":"5%"}'];

    const { status, summary, annotations } = conformance(lines, 1);

    expect(status).toBe(1);
    expect(summary).toContain(lines.join("\n"));
    expect(annotations).toEqual([
      '::error title=The engine disagrees with event-ruler::DISAGREEMENTS: 3 --seed 7%0A1. event-ruler: true%0A   event {"a":"5%25"}',
    ]);
  });

  test("fails with what the command says last if it can't ask", () => {
    const { status, annotations } = conformance(["seed 7", "error: java can't be started"], 1);

    expect(status).toBe(1);
    expect(annotations).toEqual([
      "::error title=The engine disagrees with event-ruler::seed 7%0Aerror: java can't be started",
    ]);
  });
});
