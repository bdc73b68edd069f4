import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One synth from its start to its end. */
interface Run {
  readonly ms: number;
  /** Most memory that the Node process had; the programs that it starts are not in it. */
  readonly peakBytes: number;
}

/**
 * Synthesizes apps in turn, a process each: one unmeasured round, then the measured ones. Taking turns spreads over all of
 * them whatever else the machine does.
 *
 * @param root the project's folder, with `cdktf.json`
 * @param apps files that are put in place of `main.ts` in `cdktf.json`'s command
 * @param before what is done before each run, unmeasured
 * @returns the measured runs of each app, in the order given
 */
export function measureApps(
  root: string,
  apps: readonly string[],
  rounds: number,
  before = () => {},
): readonly (readonly Run[])[] {
  const command = appCommand(root);
  const outdir = mkdtempSync(join(tmpdir(), "trailwarden-bench-"));
  const runs = apps.map((): Run[] => []);
  try {
    for (let round = 0; round <= rounds; round++) {
      apps.forEach((app, index) => {
        before();
        const measured = run(root, command.replace("main.ts", app), join(outdir, String(index)));
        if (round > 0) runs[index]?.push(measured);
      });
    }
    return runs;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function appCommand(root: string): string {
  const { app } = JSON.parse(readFileSync(join(root, "cdktf.json"), "utf8")) as { readonly app: string };
  if (!app.endsWith(" main.ts"))
    throw new Error(`the app of cdktf.json is ${app}: expected a command that ends in main.ts`);
  return app;
}

/** Starts the command as `cdktf synth` does: in a shell, in the project's folder. */
function run(root: string, command: string, outdir: string): Run {
  const start = performance.now();
  const { status, stderr, output } = spawnSync(command, {
    cwd: root,
    shell: true,
    env: { ...process.env, CDKTF_OUTDIR: outdir, NODE_OPTIONS: "--require ./tools/bench/report-usage.cjs" },
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`${command} ended with ${status}\n${stderr}`);
  const { peakKib } = JSON.parse(String(output[3])) as { readonly peakKib: number };
  return { ms, peakBytes: peakKib * 1024 };
}
