import type { Detection } from "../../detection/definition/detection";
import { PatternError } from "../../detection/pattern/pattern";
import { configuredSuppressions } from "../../detection/suppressions/configured";
import type { Suppression } from "../../detection/suppressions/suppression";
import { NAMES } from "../custom-detections/fixture-names";
import { patternProblems } from "../custom-detections/pattern/pattern-problems";
import { nearest } from "../nearest";
import type { Config } from "../schema";

export interface CheckOptions {
  /**
   * Ids of custom detections that are faulty: they are reported themselves, and a suppression that names one is not mistaken.
   *
   * @default - none
   */
  readonly faultyIds?: readonly string[];
  /**
   * Where a suppression stands in what was given.
   *
   * @default - where it stands in the configuration
   */
  readonly placeOf?: (index: number) => number;
}

/**
 * Everything that a configuration suppresses, or what is wrong with it: what the function would refuse, what has expired,
 * what stands there twice, and patterns that no event matches.
 *
 * @param catalogue every detection, custom ones included
 * @param now milliseconds since 1970
 * @returns problems a line each; where there are any, the suppressions are of no use
 */
export function checkSuppressions(
  config: Config,
  catalogue: readonly Detection[],
  now: number,
  { faultyIds = [], placeOf = (index) => index }: CheckOptions = {},
): { readonly suppressions: readonly Suppression[]; readonly problems: readonly string[] } {
  const named = [...catalogue, ...faultyIds.map((id) => ({ ...(catalogue[0] as Detection), id }))];
  const ids = catalogue.map(({ id }) => id);
  const suggest = (id: string) => `; did you mean ${nearest(id, ids).join(", ")}?`;
  const { suppressions, problems } = configuredSuppressions(config, named, NAMES, now, { placeOf, suggest });
  return { suppressions, problems: [...problems, ...vainPatterns(config, placeOf)] };
}

/** Patterns that no event matches, a line for each reason. */
function vainPatterns({ suppressions }: Config, placeOf: (index: number) => number): readonly string[] {
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
