import { patternProblems } from "../../config/custom-detections/pattern/pattern-problems";
import { ConfigurationError } from "../../config/errors";
import { nearest } from "../../config/nearest";
import type { Config } from "../../config/schema";
import type { Detection } from "../../detection/definition/detection";
import { namesFrom } from "../../detection/definition/names";
import { PatternError } from "../../detection/pattern/pattern";
import { alwaysOn } from "../../detection/suppressions/always-on";
import { configuredSuppressions } from "../../detection/suppressions/configured";
import type { Suppression } from "../../detection/suppressions/suppression";
import { UNKNOWN_NAMES } from "../deployment/longest-names";

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
  const { suppressions, problems } = configuredSuppressions(config, catalogue, namesFrom(UNKNOWN_NAMES), now, {
    suggest: nearestTo(catalogue),
  });
  const all = [...problems, ...vainSuppressions(config)];
  if (all.length > 0) throw new ConfigurationError(all);
  return suppressions;
}

/** What a module's function is to suppress by its zip: deployers and suppressions come with the variables. */
export function moduleSuppressions(catalogue: readonly Detection[]): readonly Suppression[] {
  return alwaysOn(catalogue, []);
}

/** What to say after an id that there is no detection of. */
export function nearestTo(catalogue: readonly Detection[]): (id: string) => string {
  const ids = catalogue.map(({ id }) => id);
  return (id) => `; nearest are ${nearest(id, ids).join(", ")}`;
}

/**
 * Patterns of suppressions that no event matches, a line for each reason.
 *
 * @param placeOf where each of the suppressions stands in what was given
 */
export function vainSuppressions({ suppressions }: Config, placeOf = (index: number) => index): readonly string[] {
  return suppressions.flatMap((suppression, index) =>
    "pattern" in suppression
      ? mistakesIn(suppression.pattern).map((mistake) => `suppressions[${placeOf(index)}].pattern ${mistake}`)
      : [],
  );
}

function mistakesIn(pattern: unknown): readonly string[] {
  try {
    return patternProblems(pattern).flatMap(({ severity, message }) => (severity === "error" ? [message] : []));
  } catch (error) {
    // Reported with the others of its kind.
    if (error instanceof PatternError) return [];
    throw error;
  }
}
