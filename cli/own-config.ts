import { ConfigurationError } from "../config/errors";
import { type LoadedDetections, loadDetections } from "../own-detections/load";
import { CommandError } from "./command-error";

/**
 * The configuration of the folder in which the command was given, with the detections that it can switch on.
 *
 * @throws CommandError with the problems, a line each
 */
export function loadOwnConfig(): LoadedDetections {
  try {
    return loadDetections(process.env);
  } catch (error) {
    if (error instanceof ConfigurationError) throw new CommandError(error.problems.join("\nerror: "));
    throw error;
  }
}
