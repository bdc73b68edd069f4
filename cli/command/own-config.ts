import { existsSync } from "node:fs";
import { type LoadedDetections, loadDetections } from "../../config/custom-detections/load";

/**
 * The configuration of the folder in which the command was given, with the detections that it can switch on.
 *
 * @throws ConfigurationError
 */
export function loadOwnConfig(): LoadedDetections {
  return loadDetections(process.env);
}

/**
 * The configuration in a file of the shape of `cdktf.json`. The environment wins here too.
 *
 * @throws ConfigurationError
 */
export function loadConfigIn(file: string): LoadedDetections {
  const { CDKTF_CONTEXT_JSON: _, ...environment } = process.env;
  return loadDetections(environment, file);
}

/**
 * The configuration of the folder in which the command was given, or the defaults where there is none.
 *
 * @throws ConfigurationError
 */
export function loadOwnConfigOrDefaults(): LoadedDetections {
  if (process.env.CDKTF_CONTEXT_JSON !== undefined || existsSync("cdktf.json")) return loadOwnConfig();
  return loadDetections({ ...process.env, CDKTF_CONTEXT_JSON: "{}" });
}
