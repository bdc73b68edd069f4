import type { Detection } from "../detections/detection";
import { type CompiledPattern, compilePattern } from "../engine/compile";

/** A detection with its pattern ready to be matched. */
export interface EnabledDetection {
  readonly detection: Detection;
  readonly pattern: CompiledPattern;
}

/**
 * Compiles what is switched on. A pattern that can't be compiled leaves the others standing: it is handed to `refused`.
 */
export function enableDetections(
  catalogue: readonly Detection[],
  disabledIds: readonly string[],
  refused: (detection: Detection, error: Error) => void,
): readonly EnabledDetection[] {
  const disabled = new Set(disabledIds);
  return catalogue
    .filter(({ id }) => !disabled.has(id))
    .flatMap((detection) => {
      try {
        return [{ detection, pattern: compilePattern(detection.pattern) }];
      } catch (error) {
        refused(detection, error as Error);
        return [];
      }
    });
}
