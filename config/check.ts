import type { InferInput } from "valibot";
import { type LoadedConfig, loadConfig } from "./load";
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
export function checkConfig(given: GivenConfig, detectionIds: readonly string[]): LoadedConfig {
  return loadConfig({ environment: { CDKTF_CONTEXT_JSON: JSON.stringify(given) }, file: "", detectionIds });
}
