import { fork, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { QUIET_SDK } from "../../cli/command/quiet-sdk";
import { given } from "../cli/command/given";
import { readOptions, USAGE } from "../simulation/options";
import { pythonWithMoto } from "./moto/environment";

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
    expect(readOptions(given(USAGE, ["--runs", "3", "--seed", "7", "--events", "50", "--parallel", "1"]))).toEqual({
      runs: 3,
      seed: 7,
      events: 50,
      parallel: 1,
      format: "text",
    });
  });

  test.each([
    [["--runs", "0"], '--runs is "0"'],
    [["--seed", "x"], '--seed is "x"'],
    [["--events", "-1"], "--events"],
    [["--parallel", "0"], '--parallel is "0"'],
    [["--format", "xml"], '--format is "xml"'],
    [["--unknown"], "--unknown"],
  ])("not %j", (args, named) => {
    expect(() => readOptions(given(USAGE, args))).toThrow(named);
  });

  test("says so with exit code 2", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--require", "tsx/cjs", "__tests__/simulation/main.ts", "--runs", "none"],
      { cwd: ROOT, encoding: "utf8" },
    );

    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: --runs is "none": .*\nusage: npm run chaos/);
  });
});

test("the harness's own clients say nothing of Node's age", () => {
  const unset = Object.fromEntries(Object.keys(QUIET_SDK).map((name) => [name, undefined]));
  const script =
    'require("./__tests__/integration/moto/clients").clientsFor("http://127.0.0.1:9", "us-east-1").close(); console.log("made");';

  const { stdout, stderr } = spawnSync(process.execPath, ["--require", "tsx/cjs", "--eval", script], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, ...unset },
  });

  expect([stdout, stderr]).toEqual(["made\n", ""]);
});

test("a process's time is what it is set to, and stands still", async () => {
  const script = join(folder, "clock.js");
  writeFileSync(
    script,
    "process.on('message', ({ ask }) => ask && process.send([Date.now(), new Date().getTime(), new Date(5).getTime()]));",
  );
  const child = fork(script, {
    execArgv: ["--require", join(ROOT, "__tests__", "integration", "clock", "standing-date.js")],
  });
  const ask = () =>
    new Promise<readonly number[]>((resolve) => {
      child.once("message", (times: number[]) => resolve(times));
      child.send({ ask: true });
    });

  const [before = 0] = await ask();
  child.send({ clockTime: 3_600_000 });
  const first = await ask();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const second = await ask();
  child.send({ clockTime: 7_200_000 });
  const [moved] = await ask();
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await ended;

  expect(Math.abs(before - Date.now())).toBeLessThan(60_000);
  expect(first).toEqual([3_600_000, 3_600_000, 5]);
  expect(second).toEqual(first);
  expect(moved).toBe(7_200_000);
});

test("a process that is given patience waits long for what may take long, and no longer for the rest", () => {
  const script = join(folder, "timers.js");
  writeFileSync(
    script,
    `const begin = performance.now();
     const lasted = () => Math.round(performance.now() - begin);
     const given = [];
     const short = new Promise((resolve) => setTimeout((text) => resolve([text, lasted()]), 50, "given"));
     const promised = require("node:util").promisify(setTimeout)(50, "promised");
     const long = setTimeout(() => given.push("timer"), 1_000);
     AbortSignal.timeout(1_000).addEventListener("abort", () => given.push("signal"));
     setTimeout(async () => {
       setTimeout(async () => {
         clearTimeout(long);
         console.log(JSON.stringify({ given, short: await short, promised: await promised }));
         process.exit();
       }, 900);
     }, 900);`,
  );

  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", join(ROOT, "__tests__", "integration", "clock", "patient-timers.js"), script],
    { encoding: "utf8" },
  );

  expect(stderr).toBe("");
  const { given, short, promised } = JSON.parse(stdout) as Readonly<Record<string, readonly unknown[]>>;
  expect(given).toEqual([]);
  expect(short).toEqual(["given", expect.any(Number)]);
  expect(short?.[1]).toBeLessThan(900);
  expect(promised).toBe("promised");
});
