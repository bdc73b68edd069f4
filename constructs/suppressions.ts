import { ConfigurationError } from "../config/errors";
import type { Config } from "../config/schema";
import type { Detection } from "../lambda-src/detections/detection";
import { namesFrom } from "../lambda-src/names";
import { alwaysOn } from "../lambda-src/suppressions/always-on";
import { configuredSuppressions } from "../lambda-src/suppressions/configured";
import type { Suppression } from "../lambda-src/suppressions/suppression";
import { UNKNOWN_NAMES } from "./longest-names";

/**
 * What the function is to suppress, for its zip.
 *
 * @param catalogue every detection, one's own included
 * @param now milliseconds since 1970
 * @throws ConfigurationError with one line for every problem, such as a suppression that has expired
 */
export function suppressionsOf(
  config: Config,
  catalogue: readonly Detection[],
  now = Date.now(),
): readonly Suppression[] {
  const { suppressions, problems } = configuredSuppressions(config, catalogue, namesFrom(UNKNOWN_NAMES), now);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return suppressions;
}

/** What a module's function is to suppress by its zip: deployers and suppressions come with the variables. */
export function moduleSuppressions(catalogue: readonly Detection[]): readonly Suppression[] {
  return alwaysOn(catalogue, []);
}
