import { ConfigurationError } from "../../config/errors";
import { SynthError } from "../deployment/synth-error";

/**
 * Runs one of the programs that synthesize. What its user can mend is printed, one line a problem, and ends the process
 * with 1; anything else is a mistake of ours and keeps its stack trace.
 */
export async function runProgram(program: () => void | Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    for (const problem of problemsOf(error)) console.error(`error: ${problem}`);
    process.exitCode = 1;
  }
}

function problemsOf(error: unknown): readonly string[] {
  if (error instanceof ConfigurationError) return error.problems;
  if (error instanceof SynthError) return error.message.split("\n");
  throw error;
}
