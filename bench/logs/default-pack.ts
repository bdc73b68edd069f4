import { catalogue } from "../../lambda-src/detections/catalogue";
import type { Detection } from "../../lambda-src/detections/detection";
import { switchedOn } from "../../lambda-src/detections/switched-on";

/** The detections that a deployment has that configures nothing. */
export const DEFAULT_PACK: readonly Detection[] = switchedOn(catalogue, { packs: ["default"], disabledDetections: [] });
