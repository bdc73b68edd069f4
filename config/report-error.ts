import { cut, oneLine } from "../detection/events/text";
import { UserError } from "./user-error";
import { version } from "./version";

/** Exit code of a program that ends by a defect: `EX_SOFTWARE` of sysexits.h. */
export const DEFECT = 70;

/** Characters of one problem; some list every id that is allowed. */
const PROBLEM = 10_000;

/** Characters of one stack. */
const STACK = 20_000;
const MAX_CAUSES = 5;

/**
 * Prints an error on standard error, in the form that all programs share: `error: ` and the problem, for each problem that
 * the user can fix; for a defect, its stack and where to report it.
 *
 * @returns the exit code: the error's own, 70 for a defect
 */
export function reportError(error: unknown): number {
  if (error instanceof UserError) {
    // Problems quote what was given, and that may come from another's pull request.
    for (const problem of error.problems) console.error(`error: ${oneLine(problem, PROBLEM)}`);
    if (error.detail !== undefined) console.error(error.detail);
    return error.exitCode;
  }
  console.error(`error: ${stackOf(error)}`);
  console.error(
    `This is a bug in trailwarden ${version()} (Node.js ${process.version}, ${process.platform}). Report it with the lines above in the issues of the repository that you have trailwarden from.`,
  );
  return DEFECT;
}

/** With the causes, as Node prints them. Whatever was thrown: it may hold text of another's, and throw when it is read. */
function stackOf(error: unknown, causes = MAX_CAUSES): string {
  try {
    if (!(error instanceof Error)) return `${shown(String(error))} was thrown`;
    const stack = shown(String(error.stack ?? error));
    return error.cause === undefined || causes === 0
      ? stack
      : `${stack}\nCaused by: ${stackOf(error.cause, causes - 1)}`;
  } catch {
    return "an error that can't be read was thrown";
  }
}

/** Without what would steer a terminal. */
function shown(text: string): string {
  return cut(text, STACK).replace(/[^\P{Cc}\n\t]/gu, " ");
}
