import { spawn } from "node:child_process";
import { join } from "node:path";
import { REPOSITORY } from "./repository";

/** What became of a program that synthesizes. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Where it was to write to; not there before. */
  readonly outdir: string;
}

interface Start {
  /** @default nothing: a configuration in this process's environment doesn't count */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default the repository's */
  readonly folder?: string;
}

/** Starts a program as `npm run synth` does. */
export function startSynth(
  program: "main.ts" | "state-bucket.ts" | "terraform-module.ts",
  outdir: string,
  { environment = {}, folder = REPOSITORY }: Start = {},
): Promise<Outcome> {
  const inherited = Object.entries(process.env).filter(([key]) => !/^(TRAILWARDEN_|CDKTF_)/.test(key));
  const child = spawn(process.execPath, ["--require", require.resolve("tsx/cjs"), join(REPOSITORY, program)], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...environment, CDKTF_OUTDIR: outdir },
  });
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      output[stream] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, outdir, ...output }));
  });
}
