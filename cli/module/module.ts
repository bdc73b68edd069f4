import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { CommandError } from "../command/command-error";
import { runCommand } from "../command/run-command";
import { programError, startProgram } from "../command/start-program";
import type { Usage } from "../command/usage";
import { UsageError } from "../command/usage-error";
import { moduleFiles } from "./module-files";
import { writeFiles } from "./write-files";

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
  const target = resolve(folder);
  refuseForeign(target, folder);

  const synthesized = synthesize();
  let staging = "";
  try {
    mkdirSync(dirname(target), { recursive: true });
    staging = mkdtempSync(`${target}.`);
    const files = moduleFiles(join(synthesized, "stacks", "trailwarden-module"));
    writeFiles(staging, { ...files, [MARKER]: "Written by trailwarden module; it may be written again.\n" });
    rmSync(target, { recursive: true, force: true });
    renameSync(staging, target);
    console.log(`Terraform module: ${relative(process.cwd(), target) || "."}`);
    for (const name of Object.keys(files).sort()) console.log(`  ${name}`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandError(`${folder} can't be written: ${message}; name a folder that you may write to`);
  } finally {
    if (staging !== "") rmSync(staging, { recursive: true, force: true });
    rmSync(synthesized, { recursive: true, force: true });
  }
  return 0;
}

function refuseForeign(target: string, folder: string): void {
  if (!existsSync(target)) return;
  let entries: readonly string[];
  try {
    entries = readdirSync(target);
  } catch {
    throw new CommandError(
      `${folder} is not a folder: name one that does not exist yet, or one that this command wrote`,
    );
  }
  if (entries.length > 0 && !entries.includes(MARKER)) {
    throw new CommandError(
      `${folder} holds other things (${entries.slice(0, 3).join(", ")}${entries.length > 3 ? ", …" : ""}): name a folder that does not exist yet, or one that this command wrote`,
    );
  }
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
