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

function start(stdout: number | "pipe", args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ["--require", require.resolve("tsx/cjs"), join(ROOT, "cli", "main.ts"), ...args], {
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
