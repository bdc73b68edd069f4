import { existsSync } from "node:fs";
import { ConfigurationError } from "../config/errors";
import { type LoadedDetections, loadDetections } from "../own-detections/load";
import { CommandError } from "./command-error";

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
    if (error instanceof ConfigurationError) throw new CommandError(error.problems.join("\nerror: "));
    throw error;
  }
}
