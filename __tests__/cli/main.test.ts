import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";

const ROOT = join(__dirname, "..", "..");
const replay = ["replay", "--fail-on", "low", join(ROOT, "samples", "AWSLogs")];
/** Where commands are started: they read the configuration there, and the demo writes there. */
const folder = mkdtempSync(join(tmpdir(), "trailwarden-main-"));
writeFileSync(join(folder, "cdktf.json"), "{}");
/** Open for reading only: whatever is written to it fails, as on a full disk. */
const unwritable = openSync(__filename, "r");
afterAll(() => {
  closeSync(unwritable);
  rmSync(folder, { recursive: true });
});

function start(stdout: number | "pipe", args: readonly string[], options: readonly string[] = []): ChildProcess {
  const loaded = ["--require", require.resolve("tsx/cjs"), ...options];
  return spawn(process.execPath, [...loaded, join(ROOT, "cli", "main.ts"), ...args], {
    cwd: folder,
    stdio: ["ignore", stdout, "pipe"],
  });
}

async function ended(child: ChildProcess): Promise<{ readonly status: number | null; readonly stderr: string }> {
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { status, stderr };
}

test("a defect is printed with its stack and where to report it, and has an exit code of its own", async () => {
  const preload = join(folder, "defect.cjs");
  writeFileSync(
    preload,
    `const path = ${JSON.stringify(join(ROOT, "cli", "review", "review.ts"))};
     const review = async () => { throw new TypeError("injected", { cause: new RangeError("deeper") }); };
     require.cache[path] = { id: path, filename: path, loaded: true, exports: { review } };`,
  );
  const { status, stderr } = await ended(start("pipe", ["review", "plan.json"], ["--require", preload]));

  expect(stderr).toMatch(/^error: TypeError: injected\n {4}at review \(.*defect\.cjs/);
  expect(stderr).toMatch(/^Caused by: RangeError: deeper\n {4}at /m);
  expect(stderr).toMatch(/^This is a bug in trailwarden \d+\.\d+\.\d+ .*Report it .*\n$/m);
  expect(status).toBe(70);
});

test("so is one that is thrown where nothing waits for it", async () => {
  const preload = join(folder, "late.cjs");
  writeFileSync(
    preload,
    `const path = ${JSON.stringify(join(ROOT, "cli", "review", "review.ts"))};
     const review = () => new Promise(() => setTimeout(() => { throw new TypeError("late"); }, 1));
     require.cache[path] = { id: path, filename: path, loaded: true, exports: { review } };`,
  );
  const { status, stderr } = await ended(start("pipe", ["review", "plan.json"], ["--require", preload]));

  expect(stderr).toMatch(/^error: TypeError: late\n {4}at /);
  expect(stderr).toMatch(/^This is a bug in trailwarden /m);
  expect(status).toBe(70);
});

describe("a command whose output nobody can have", () => {
  const commands = [["help"], ["detections", "list"], ["demo"], replay];

  test.each(commands.map((args) => ({ args })))("says so in one line: $args", async ({ args }) => {
    const { status, stderr } = await ended(start(unwritable, args));

    expect(stderr).toMatch(/^error: standard output can't be written to: E[A-Z]+: .+\n$/);
    expect(status).toBe(1);
  });

  test.each(commands.map((args) => ({ args })))(
    "ends as ever when its reader has had enough: $args",
    async ({ args }) => {
      const child = start("pipe", args);
      child.stdout?.destroy();

      expect(await ended(child)).toEqual({ status: args === replay ? 3 : 0, stderr: "" });
    },
  );
});
