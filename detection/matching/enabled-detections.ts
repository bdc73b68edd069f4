import { checkDetection } from "../definition/check-detection";
import type { Detection } from "../definition/detection";
import { refinementsOf } from "../definition/refinements-of";
import { type CompiledPatterns, compilePatterns } from "../pattern/compile";
import { type Replacements, resolve } from "../pattern/resolve";
import type { CompiledRefinement } from "../refinements/compiled-refinement";

/** The detections that are switched on, with their patterns ready to be matched all at once. */
export interface EnabledDetections {
  readonly detections: readonly Detection[];
  /** Of the detections, in their order. */
  readonly patterns: CompiledPatterns;
  /** Of the detections, in their order: what is asked of an event that the pattern matches. */
  readonly refinements: readonly (readonly CompiledRefinement[])[];
}

/**
 * Compiles what is switched on (see `switchedOn`). A detection that can't work (see `checkDetection`) leaves the others standing:
 * it is handed to `refused`.
 *
 * @param names what the patterns' placeholders stand for; a pattern with any other can't work
 */
export function enableDetections(
  detections: readonly Detection[],
  refused: (detection: Detection, error: Error) => void,
  names: Replacements = {},
): EnabledDetections {
  try {
    return compile(detections, names);
  } catch {
    const sound = detections.filter((detection) => {
      try {
        compile([detection], names);
        return true;
      } catch (error) {
        refused(detection, error as Error);
        return false;
      }
    });
    return compile(sound, names);
  }
}

function compile(detections: readonly Detection[], names: Replacements): EnabledDetections {
  detections.forEach(checkDetection);
  return {
    detections,
    patterns: compilePatterns(detections.map(({ pattern }) => resolve(pattern, names))),
    refinements: detections.map(refinementsOf),
  };
}
