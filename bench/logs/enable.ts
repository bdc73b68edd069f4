import { type EnabledDetections, enableDetections } from "../../lambda-src/decide/enabled-detections";
import type { Detection } from "../../lambda-src/detections/detection";
import { NAMES } from "../../own-detections/fixture-names";

/**
 * Compiles detections for the account that the records come from.
 *
 * @throws when one can't be used
 */
export function enabled(detections: readonly Detection[]): EnabledDetections {
  return enableDetections(
    detections,
    ({ id }, error) => {
      throw new Error(`detection ${id}: ${error.message}`);
    },
    NAMES,
  );
}
