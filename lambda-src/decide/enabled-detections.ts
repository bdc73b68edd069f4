import type { Detection } from "../detections/detection";
import { type CompiledPatterns, compilePattern, compilePatterns } from "../engine/compile";

/** The detections that are switched on, with their patterns ready to be matched all at once. */
export interface EnabledDetections {
  readonly detections: readonly Detection[];
  /** Of the detections, in their order. */
  readonly patterns: CompiledPatterns;
}

/**
 * Compiles what is switched on. A pattern that can't be compiled leaves the others standing: it is handed to `refused`.
 */
export function enableDetections(
  catalogue: readonly Detection[],
  disabledIds: readonly string[],
  refused: (detection: Detection, error: Error) => void,
): EnabledDetections {
  const disabled = new Set(disabledIds);
  const switchedOn = catalogue.filter(({ id }) => !disabled.has(id));
  try {
    return { detections: switchedOn, patterns: compilePatterns(switchedOn.map(({ pattern }) => pattern)) };
  } catch {
    const sound = switchedOn.filter((detection) => {
      try {
        compilePattern(detection.pattern);
        return true;
      } catch (error) {
        refused(detection, error as Error);
        return false;
      }
    });
    return { detections: sound, patterns: compilePatterns(sound.map(({ pattern }) => pattern)) };
  }
}
