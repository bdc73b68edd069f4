import { resolve } from "node:path";
import { reportError } from "../../config/report-error";
import { UserError } from "../../config/user-error";

/** Runs one of the programs that synthesize. What it throws is printed, and ends the process with the error's exit code. */
export async function runProgram(program: () => void | Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    process.exitCode = reportError(unwritable(error) ?? error);
  }
}

/** The problem when the folder of the Terraform JSON, which CDKTF names too, can't be written. */
function unwritable(error: unknown): UserError | undefined {
  const { path, message }: Partial<NodeJS.ErrnoException> = Object(error);
  const outdir = process.env.CDKTF_OUTDIR ?? "cdktf.out";
  if (typeof path !== "string" || !resolve(path).startsWith(resolve(outdir))) return undefined;
  return new UserError(
    `${JSON.stringify(outdir)} can't be written: ${message}; set CDKTF_OUTDIR to a folder that you may write to`,
    { cause: error },
  );
}
