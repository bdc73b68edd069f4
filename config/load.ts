import { dirname, isAbsolute, join } from "node:path";
import { type FolderOfDetections, foundAt, type LoadedConfig, type ParseOptions, parseConfig } from "./parse";
import { quote } from "./problem";
import { fromContext, fromEnvironment } from "./sources";

export interface ConfigSources extends Omit<ParseOptions, "origins"> {
  /** Normally `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Path of `cdktf.json`, read unless the `cdktf` command hands its context over. */
  readonly file: string;
}

/**
 * Reads and checks the configuration of `cdktf.json` and the environment, which wins.
 *
 * @throws ConfigurationError with one line for every problem: key, value, where it was found, what is allowed
 */
export function loadConfig({ environment, file, readDetections, ...options }: ConfigSources): LoadedConfig {
  const given = [...new Map([...fromContext(environment, file), ...fromEnvironment(environment)])];
  const origins = new Map(given.map(([key, { origin }]) => [key, origin]));
  const readFrom = (folder: string, read: NonNullable<typeof readDetections>): FolderOfDetections => {
    const path = isAbsolute(folder) ? folder : join(dirname(file), folder);
    const key = `detectionsFolder is ${quote(folder)}${foundAt("detectionsFolder", origins)}: `;
    const { ids, problems } = read(path);
    // What is wrong with the folder as a whole is wrong with the key.
    return { ids, problems: problems.map((line) => (line.startsWith(`${path}: `) ? key + line : line)) };
  };
  return parseConfig(Object.fromEntries(given.map(([key, { value }]) => [key, value])), {
    ...options,
    origins,
    ...(readDetections && { readDetections: (folder) => readFrom(folder, readDetections) }),
  });
}
