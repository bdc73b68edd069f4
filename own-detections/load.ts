import { type LoadedConfig, loadConfig } from "../config/load";
import { catalogue } from "../lambda-src/detections/catalogue";
import type { Detection } from "../lambda-src/detections/detection";
import { readOwnDetections } from "./own-detections";

/** A configuration with everything that it can switch on. */
export interface LoadedDetections extends LoadedConfig {
  /** What ships, then the user's own. */
  readonly catalogue: readonly Detection[];
}

/**
 * Reads a configuration, and the detections of its own.
 *
 * @param file in the shape of `cdktf.json`; by default that of the folder in which the program was started
 * @throws ConfigurationError with one line for every problem of either
 */
export function loadDetections(
  environment: Readonly<Record<string, string | undefined>>,
  file = "cdktf.json",
): LoadedDetections {
  const detectionIds = catalogue.map(({ id }) => id);
  let own: readonly Detection[] = [];
  const loaded = loadConfig({
    environment,
    file,
    detectionIds,
    readDetections: (folder) => {
      const read = readOwnDetections(folder, detectionIds);
      own = read.detections;
      return read;
    },
  });
  return { ...loaded, catalogue: [...catalogue, ...own] };
}
