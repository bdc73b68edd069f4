import { fork, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { readOptions } from "../../integration/chaos/options";
import { pythonWithMoto } from "../../integration/moto/environment";

const ROOT = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "trailwarden-integration-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("where Python is missing", () => {
  test("moto's environment says what it needs", () => {
    expect(() => pythonWithMoto(join(folder, "no-python"), folder)).toThrow(/needs Python 3\.10 or later/);
  });

  test("so does one that is too old", () => {
    const old = join(folder, "old-python");
    writeFileSync(old, "#!/bin/sh\nexit 1\n", { mode: 0o755 });

    expect(() => pythonWithMoto(old, folder)).toThrow(/needs Python 3\.10 or later/);
  });
});

describe("chaos takes", () => {
  test("runs, a seed and more", () => {
    expect(readOptions(["--runs", "3", "--seed", "7", "--events", "50", "--parallel", "1"])).toEqual({
      runs: 3,
      seed: 7,
      events: 50,
      parallel: 1,
      format: "text",
    });
  });

  test.each([
    [["--runs", "0"], "--runs 0"],
    [["--seed", "x"], "--seed x"],
    [["--events", "-1"], "--events"],
    [["--parallel", "0"], "--parallel 0"],
    [["--format", "xml"], "--format xml"],
    [["--unknown"], "--unknown"],
  ])("not %j", (args, named) => {
    expect(readOptions(args)).toContain(named);
  });

  test("says so with exit code 2", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--require", "tsx/cjs", "integration/chaos/main.ts", "--runs", "none"],
      { cwd: ROOT, encoding: "utf8" },
    );

    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: --runs none: .*\nusage: npm run chaos/);
  });
});

test("a process's clock goes where it is told to, and on from there", async () => {
  const script = join(folder, "clock.js");
  writeFileSync(
    script,
    "process.on('message', ({ ask }) => ask && process.send([Date.now(), new Date().getTime(), new Date(5).getTime()]));",
  );
  const child = fork(script, { execArgv: ["--require", join(ROOT, "integration", "shifted-date.js")] });
  const ask = () =>
    new Promise<readonly number[]>((resolve) => {
      child.once("message", (times: number[]) => resolve(times));
      child.send({ ask: true });
    });

  const [before = 0] = await ask();
  child.send({ clockOffset: 3_600_000 });
  const [now = 0, date = 0, given] = await ask();
  child.kill();

  expect(now - before).toBeGreaterThanOrEqual(3_600_000);
  expect(now - before).toBeLessThan(3_660_000);
  expect(date).toBeGreaterThanOrEqual(now);
  expect(given).toBe(5);
});
