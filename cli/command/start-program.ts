import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { extname, join } from "node:path";
import { CommandError } from "./command-error";

/** TypeScript in a clone, compiled in the package. */
const EXTENSION = extname(__filename);

/**
 * Runs a program of the folder above in a process of its own, to its end. It reads the `cdktf.json` of the folder in
 * which the command was given.
 *
 * @param outdir folder that it writes Terraform JSON to
 */
export function startProgram(
  name: "main" | "terraform-module",
  outdir: string,
  environment: Readonly<Record<string, string | undefined>>,
): SpawnSyncReturns<string> {
  const loader = EXTENSION === ".ts" ? ["--require", require.resolve("tsx/cjs")] : [];
  return spawnSync(process.execPath, [...loader, join(__dirname, "..", "..", name + EXTENSION)], {
    env: { ...environment, CDKTF_OUTDIR: outdir },
    encoding: "utf8",
  });
}

/**
 * Why a program ended without success. What it has printed is in the form of all programs already, and its exit code says
 * whether the user can fix it.
 *
 * @param what couldn't be done, in one line @default - what the program says speaks for itself
 */
export function programError({ error, stderr, status }: SpawnSyncReturns<string>, what?: string): CommandError {
  if (error) return new CommandError([...(what === undefined ? [] : [what]), error.message]);
  return new CommandError(what ?? [], { detail: stderr.trimEnd(), exitCode: status ?? 1 });
}
