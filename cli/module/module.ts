import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../command/run-command";
import { programError, startProgram } from "../command/start-program";
import type { Usage } from "../command/usage";
import { UsageError } from "../command/usage-error";
import { refuseForeign, writeFolder } from "../command/written-folder";
import { moduleFiles } from "./module-files";

const DEFAULT_FOLDER = "terraform-module";
/** Stands in every folder that this command has written, as a sign that it may write there again. */
const MARKER = ".trailwarden-module";

const USAGE = {
  command: "trailwarden module",
  summary: "Writes the stack as a Terraform module, with the configuration of this folder.",
  operands: ["[FOLDER]"],
  about: [`FOLDER   where to: a new folder, or one that this command wrote [${DEFAULT_FOLDER}]`],
  options: {},
  exitCodes: "0; 1 when the configuration is wrong, or the folder can't be written; 2 when an argument is wrong.",
  example: "trailwarden module modules/trailwarden",
} as const satisfies Usage;

/**
 * Writes the stack as a Terraform module, which HCL configurations call: JSON, variables, outputs, the function's zip,
 * a README with an example, and the import blocks of adopted resources for the root that calls it.
 *
 * @param args the folder to write; default `terraform-module` in the working folder
 * @throws CommandError when the folder holds something else, or the configuration is wrong; then nothing is written
 */
export function module(args: readonly string[]): Promise<number> {
  return runCommand(USAGE, args, ({ operands: [folder = DEFAULT_FOLDER] }) => {
    if (folder.startsWith("-")) {
      throw new UsageError(USAGE, `FOLDER is ${JSON.stringify(folder)}: must not begin with -; write ./${folder}`);
    }
    return write(folder);
  });
}

function write(folder: string): number {
  const written = { folder, marker: MARKER, command: USAGE.command };
  refuseForeign(written);

  const synthesized = synthesize();
  try {
    const { path, files } = writeFolder(written, () => moduleFiles(join(synthesized, "stacks", "trailwarden-module")));
    console.log(`Terraform module: ${path}`);
    for (const name of files) console.log(`  ${name}`);
  } finally {
    rmSync(synthesized, { recursive: true, force: true });
  }
  return 0;
}

/** The folder that CDKTF wrote to. */
function synthesize(): string {
  const outdir = mkdtempSync(join(tmpdir(), "trailwarden-module-"));
  const ended = startProgram("terraform-module", outdir, process.env);
  if (ended.error || ended.status !== 0) {
    rmSync(outdir, { recursive: true, force: true });
    throw programError(ended);
  }
  return outdir;
}
