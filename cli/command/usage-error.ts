import { CommandError } from "./command-error";
import { synopsis, type Usage } from "./usage";

/** A command's arguments are wrong. Below the problem stands how the command is written. */
export class UsageError extends CommandError {
  override readonly name = "UsageError";

  constructor(usage: Usage, problem: string) {
    super(problem, {
      exitCode: usage.usageExitCode ?? 2,
      detail: `${synopsis(usage)}\n${usage.command} --help lists what it takes.`,
    });
  }
}
