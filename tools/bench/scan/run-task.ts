import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { build } from "esbuild";
import { BUNDLE_OPTIONS } from "../../packaging/bundle";
import type { Results, Task } from "./tasks";

/** Bundles the measuring program as the function is bundled: what a loader adds to the code is not measured. */
export async function bundleProgram(root: string, outfile: string): Promise<void> {
  await build({
    ...BUNDLE_OPTIONS,
    absWorkingDir: root,
    entryPoints: ["tools/bench/scan/program.ts"],
    target: "node20",
    write: true,
    outfile,
  });
}

/**
 * Runs a task in a process of its own.
 *
 * @throws Error with what the process had to say when it fails
 */
export async function runTask<Kind extends Task["kind"]>(
  program: string,
  task: Extract<Task, { readonly kind: Kind }>,
): Promise<Results[Kind]> {
  const child = spawn(process.execPath, ["--expose-gc", program], { stdio: ["pipe", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject));
  child.stdin.end(JSON.stringify(task));
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (status !== 0) throw new Error(`measuring ${task.kind} ended with ${status}\n${stderr}`);
  return JSON.parse(stdout) as Results[Kind];
}
