import { dirname, isAbsolute, join } from "node:path";
import * as v from "valibot";
import type { Contradiction, Origins } from "./contradiction";
import { contradictionsOf } from "./contradictions";
import { ConfigurationError } from "./errors";
import { describeValue, pathOf, quote } from "./problem";
import { rulesPerBus } from "./regions";
import { type Config, configSchema } from "./schema";
import { fromContext, fromEnvironment, type Given } from "./sources";
import { usablePart } from "./usable";
import { warningsOf } from "./warnings";

export interface ConfigSources {
  /** Normally `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Path of `cdktf.json`, read unless the `cdktf` command hands its context over. */
  readonly file: string;
  /** Every id that `disabledDetections` may name, beside those of one's own. */
  readonly detectionIds: readonly string[];
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
  /** Where each key that is given was found: the path of `cdktf.json`, or the environment's variable. */
  readonly origins: ReadonlyMap<string, string>;
}

/**
 * Reads and checks the configuration.
 *
 * @throws ConfigurationError with one line for every problem: key, value, where it was found, what is allowed
 */
export function loadConfig(sources: ConfigSources): LoadedConfig {
  const { environment, file } = sources;
  const given = new Map([...fromContext(environment, file), ...fromEnvironment(environment)]);
  const input = Object.fromEntries([...given].map(([key, { value }]) => [key, value]));
  const issues = v.safeParse(configSchema, input).issues ?? [];
  const usable = usablePart(input, issues.map(pathOf));
  const config = withDefaults(v.parse(configSchema, usable.input));
  const own = readOwn(config, given, sources);
  const origins: Origins = {
    isGiven: (key) => given.has(key),
    from: (key) => origin(key, given),
    placeOf: usable.placeOf,
  };
  const contradictions = [
    ...contradictionsOf(config, origins, [...sources.detectionIds, ...own.ids]),
    ...(sources.check?.(config, origins) ?? []),
  ];
  const problems = [
    ...issues.map((issue) => {
      const path = pathOf(issue);
      return `${describeValue(path, input)}${origin(String(path[0]), given)}: ${issue.message}`;
    }),
    ...contradictions.filter(({ keys }) => !keys.some(usable.isFaulty)).map(({ problem }) => problem),
    ...own.problems,
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
  const found = new Map([...given].map(([key, { origin }]) => [key, origin]));
  return { config, warnings: warningsOf(config), origins: found };
}

function withDefaults({ ruleBudget, ...config }: v.InferOutput<typeof configSchema>): Config {
  return { ...config, ruleBudget: ruleBudget ?? rulesPerBus(config.region) };
}

function readOwn(
  { detectionsFolder }: Config,
  given: ReadonlyMap<string, Given>,
  { file, readDetections }: ConfigSources,
): FolderOfDetections {
  if (detectionsFolder === undefined) return { ids: [], problems: [] };
  if (readDetections) {
    return readDetections(isAbsolute(detectionsFolder) ? detectionsFolder : join(dirname(file), detectionsFolder));
  }
  const key = `detectionsFolder is ${quote(detectionsFolder)}${origin("detectionsFolder", given)}`;
  return {
    ids: [],
    problems: [`${key}: takes nothing in a program: hand stack and zip the detections beside the catalogue's`],
  };
}

/** Where a key was found; nothing where its name says it, or where it is a default. */
function origin(key: string, given: ReadonlyMap<string, Given>): string {
  const from = given.get(key)?.origin;
  return from === undefined || from === key ? "" : ` (from ${from})`;
}
