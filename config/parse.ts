import * as v from "valibot";
import type { Contradiction, Origins } from "./contradiction";
import { contradictionsOf } from "./contradictions";
import { ConfigurationError } from "./errors";
import { describeValue, pathOf, quote } from "./problem";
import { rulesPerBus } from "./regions";
import { type Config, configSchema } from "./schema";
import { usablePart } from "./usable";
import { warningsOf } from "./warnings";

export interface ParseOptions {
  /** Every id that `disabledDetections` may name, beside those of custom detections. */
  readonly detectionIds: readonly string[];
  /**
   * Where each key was found: the path of `cdktf.json`, or the environment's variable. Problems say it.
   *
   * @default - problems don't say it
   */
  readonly origins?: ReadonlyMap<string, string>;
  /**
   * Reads the detections of the folder that `detectionsFolder` names.
   *
   * @default - the key can't be given
   */
  readonly readDetections?: (folder: string) => FolderOfDetections;
  /**
   * What else has to hold, asked in the same round: of a configuration from which faulty parts are left out.
   *
   * @default - nothing
   */
  readonly check?: (config: Config, origins: Origins) => readonly Contradiction[];
}

/** What a folder of detections holds, as far as a configuration needs to know. */
export interface FolderOfDetections {
  readonly ids: readonly string[];
  /** What is wrong with them, a line each. */
  readonly problems: readonly string[];
}

export interface LoadedConfig {
  readonly config: Config;
  /** What is allowed but probably not meant, a line each. */
  readonly warnings: readonly string[];
  /** Where each key that is given was found, as far as that was said. */
  readonly origins: ReadonlyMap<string, string>;
}

/**
 * Checks a configuration and fills in the defaults.
 *
 * @param given as `cdktf.json`'s context has it; nothing else counts
 * @throws ConfigurationError with one line for every problem: key, value, where it was found, what is allowed
 */
export function parseConfig(given: Readonly<Record<string, unknown>>, options: ParseOptions): LoadedConfig {
  const { detectionIds, origins: found = new Map(), check } = options;
  const issues = v.safeParse(configSchema, given).issues ?? [];
  const usable = usablePart(given, issues.map(pathOf));
  const config = withDefaults(v.parse(configSchema, usable.input));
  const origins: Origins = {
    isGiven: (key) => Object.hasOwn(given, key),
    from: (key) => foundAt(key, found),
    placeOf: usable.placeOf,
  };
  const custom = readCustom(config, origins, options);
  const contradictions = [
    ...contradictionsOf(config, origins, [...detectionIds, ...custom.ids]),
    ...(check?.(config, origins) ?? []),
  ];
  const problems = [
    ...issues.map((issue) => {
      const path = pathOf(issue);
      return `${describeValue(path, given)}${foundAt(String(path[0]), found)}: ${issue.message}`;
    }),
    ...contradictions.filter(({ keys }) => !keys.some(usable.isFaulty)).map(({ problem }) => problem),
    ...custom.problems,
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { config, warnings: warningsOf(config), origins: found };
}

function withDefaults({ ruleBudget, ...config }: v.InferOutput<typeof configSchema>): Config {
  return { ...config, ruleBudget: ruleBudget ?? rulesPerBus(config.region) };
}

function readCustom(
  { detectionsFolder }: Config,
  { from }: Origins,
  { readDetections }: ParseOptions,
): FolderOfDetections {
  if (detectionsFolder === undefined) return { ids: [], problems: [] };
  if (readDetections) return readDetections(detectionsFolder);
  const key = `detectionsFolder is ${quote(detectionsFolder)}${from("detectionsFolder")}`;
  return {
    ids: [],
    problems: [`${key}: not allowed in a program: pass custom detections to stack and zip, beside the catalogue`],
  };
}

/** Where a key was found; nothing where its name says it, or where it is a default. */
export function foundAt(key: string, found: ReadonlyMap<string, string>): string {
  const from = found.get(key);
  return from === undefined || from === key ? "" : ` (from ${from})`;
}
