import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { switchedOn } from "../../../detection/definition/switched-on";

/** The detections that a deployment has that configures nothing. */
export const DEFAULT_PACK: readonly Detection[] = switchedOn(catalogue, { packs: ["default"], disabledDetections: [] });
