import { NAMES } from "../../../config/custom-detections/fixture-names";
import type { Detection } from "../../../detection/definition/detection";
import { type EnabledDetections, enableDetections } from "../../../detection/matching/enabled-detections";

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
