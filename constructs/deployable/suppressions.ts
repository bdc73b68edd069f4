import { ConfigurationError } from "../../config/errors";
import type { Config } from "../../config/schema";
import { checkSuppressions } from "../../config/suppressions/check";
import type { Detection } from "../../detection/definition/detection";
import { alwaysOn } from "../../detection/suppressions/always-on";
import type { Suppression } from "../../detection/suppressions/suppression";

/**
 * What the function is to suppress, for its zip.
 *
 * @param catalogue every detection, custom ones included
 * @param now milliseconds since 1970
 * @throws ConfigurationError with one line for every problem, such as a suppression that has expired
 */
export function suppressionsOf(
  config: Config,
  catalogue: readonly Detection[],
  now = Date.now(),
): readonly Suppression[] {
  const { suppressions, problems } = checkSuppressions(config, catalogue, now);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return suppressions;
}

/** What a module's function is to suppress by its zip: deployers and suppressions come with the variables. */
export function moduleSuppressions(catalogue: readonly Detection[]): readonly Suppression[] {
  return alwaysOn(catalogue, []);
}
