import { catalogue } from "../../detection/catalogue/catalogue";
import type { Detection } from "../../detection/definition/detection";
import { checkConfig, type GivenConfig } from "../check";
import type { Contradiction, Origins } from "../contradiction";
import { loadConfig } from "../load";
import type { LoadedConfig, ParseOptions } from "../parse";
import type { Config } from "../schema";
import { checkListed, readOwnDetections } from "./own-detections";

/** A configuration with everything that it can switch on. */
export interface LoadedDetections extends LoadedConfig {
  /** What ships, then the user's own. */
  readonly catalogue: readonly Detection[];
}

/** What a configuration and its detections are asked together, see `ConfigSources.check`. */
export interface Asked {
  readonly config: Config;
  readonly origins: Origins;
  /** Detections that are sound: what ships, then the user's own. */
  readonly catalogue: readonly Detection[];
  /** Ids of those of the user's own that are not. */
  readonly faultyIds: readonly string[];
}

type Check = (asked: Asked) => readonly Contradiction[];

/**
 * Reads a configuration, and the detections of its folder.
 *
 * @param file in the shape of `cdktf.json`; by default that of the folder in which the program was started
 * @param check what else has to hold; asked in the same round
 * @throws ConfigurationError with one line for every problem of either
 */
export function loadDetections(
  environment: Readonly<Record<string, string | undefined>>,
  file = "cdktf.json",
  check: Check = () => [],
): LoadedDetections {
  return withDetections([], check, (options) => loadConfig({ environment, file, ...options }));
}

/**
 * Checks a configuration that stands in a program, and the detections of its folder and of a list. A relative folder starts
 * at the working directory.
 *
 * @param check what else has to hold; asked in the same round
 * @throws ConfigurationError with one line for every problem of any of them
 */
export function checkDetections(
  given: GivenConfig,
  customDetections: readonly unknown[],
  check: Check,
): LoadedDetections {
  return withDetections(customDetections, check, ({ detectionIds, ...further }) =>
    checkConfig(given, detectionIds, further),
  );
}

function withDetections(
  customDetections: readonly unknown[],
  check: Check,
  parse: (options: Omit<ParseOptions, "origins">) => LoadedConfig,
): LoadedDetections {
  const shippedIds = catalogue.map(({ id }) => id);
  const listed = checkListed(customDetections, "customDetections", shippedIds);
  const detectionIds = [...shippedIds, ...listed.ids];
  let own = listed.detections;
  let ownIds = listed.ids;
  const loaded = parse({
    detectionIds,
    readDetections: (folder) => {
      const read = readOwnDetections(folder, detectionIds);
      own = [...listed.detections, ...read.detections];
      ownIds = [...listed.ids, ...read.ids];
      return read;
    },
    check: (config, origins) => {
      const faultyIds = ownIds.filter((id) => !own.some((detection) => detection.id === id));
      return [
        ...listed.problems.map((problem) => ({ keys: [], problem })),
        ...check({ config, origins, catalogue: [...catalogue, ...own], faultyIds }),
      ];
    },
  });
  return { ...loaded, catalogue: [...catalogue, ...own] };
}
