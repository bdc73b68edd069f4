import type { InferInput } from "valibot";
import { isObject } from "../detection/events/json";
import { ConfigurationError } from "./errors";
import { type LoadedConfig, type ParseOptions, parseConfig } from "./parse";
import { plainData } from "./plain-data";
import { quote } from "./problem";
import type { configSchema } from "./schema";

/** The configuration as it is written down: what may stand in `cdktf.json`'s context, every key optional. */
export type GivenConfig = InferInput<typeof configSchema>;

/**
 * Checks a configuration that stands in a program, and fills in the defaults. Neither `cdktf.json` nor the environment
 * counts; `loadConfig` reads those.
 *
 * @param detectionIds every id that `disabledDetections` may name
 * @throws ConfigurationError with one line for every problem: key, value, what is allowed
 */
export function checkConfig(
  given: GivenConfig,
  detectionIds: readonly string[],
  further: Omit<ParseOptions, "detectionIds" | "origins"> = {},
): LoadedConfig {
  const data = plainData(given, "dropped");
  if ("problems" in data) throw new ConfigurationError(data.problems);
  if (!isObject(data.value)) {
    throw new ConfigurationError([
      `the configuration is ${quote(data.value)}: must be an object such as {"region": "us-east-1"}`,
    ]);
  }
  return parseConfig(data.value, { ...further, detectionIds });
}
