import { reportError } from "../../config/report-error";

/** Runs one of the programs that synthesize. What it throws is printed, and ends the process with the error's exit code. */
export async function runProgram(program: () => void | Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    process.exitCode = reportError(error);
  }
}
