import { reportError } from "../../config/report-error";
import { version } from "../../config/version";
import { type Arguments, parseArguments } from "./arguments";
import { helpText, type Usage } from "./usage";

/**
 * Runs a command with its arguments, or answers `--help` and `--version`.
 *
 * @returns exit code
 * @throws UsageError for wrong arguments, and what the command throws
 */
export async function runCommand<Name extends string>(
  usage: Usage<Name>,
  args: readonly string[],
  run: (given: Arguments<Name>) => number | Promise<number>,
): Promise<number> {
  const request = parseArguments(usage, args);
  if (request === "help") process.stdout.write(helpText(usage));
  else if (request === "version") console.log(version());
  else return run(request);
  return 0;
}

/** Runs a command that is a program of its own, and ends it with the exit code, printing what it throws. */
export function runAsProgram<Name extends string>(
  usage: Usage<Name>,
  run: (given: Arguments<Name>) => number | Promise<number>,
): void {
  runCommand(usage, process.argv.slice(2), run).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.exitCode = reportError(error);
    },
  );
}
