import { existsSync } from "node:fs";
import { type LoadedDetections, loadDetections } from "../../config/custom-detections/load";
import { ConfigurationError } from "../../config/errors";
import { oneLine } from "../../detection/events/text";
import { CommandError } from "./command-error";

/** Characters of one problem; some list every id that could have been meant. */
const PROBLEM = 10_000;

/**
 * The configuration of the folder in which the command was given, with the detections that it can switch on.
 *
 * @throws CommandError with the problems, a line each
 */
export function loadOwnConfig(): LoadedDetections {
  return orCommandError(() => loadDetections(process.env));
}

/**
 * The configuration in a file of the shape of `cdktf.json`. The environment wins here too.
 *
 * @throws CommandError with the problems, a line each
 */
export function loadConfigIn(file: string): LoadedDetections {
  const { CDKTF_CONTEXT_JSON: _, ...environment } = process.env;
  return orCommandError(() => loadDetections(environment, file));
}

/**
 * The configuration of the folder in which the command was given, or the defaults where there is none.
 *
 * @throws CommandError with the problems, a line each
 */
export function loadOwnConfigOrDefaults(): LoadedDetections {
  if (process.env.CDKTF_CONTEXT_JSON !== undefined || existsSync("cdktf.json")) return loadOwnConfig();
  return orCommandError(() => loadDetections({ ...process.env, CDKTF_CONTEXT_JSON: "{}" }));
}

function orCommandError<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    throw error instanceof ConfigurationError ? refusalOf(error.problems) : error;
  }
}

/** Problems of a configuration, a line each. They quote what it says, and it may be that of a pull request. */
export function refusalOf(problems: readonly string[]): CommandError {
  return new CommandError(problems.map((problem) => oneLine(problem, PROBLEM)).join("\nerror: "));
}
