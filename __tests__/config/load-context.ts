import { loadConfig } from "../../config/load";
import type { LoadedConfig } from "../../config/parse";
import { catalogue } from "../../detection/catalogue/catalogue";

export type Environment = Readonly<Record<string, string>>;

export const detectionIds = catalogue.map(({ id }) => id);

/** What a context comes to that the `cdktf` command hands over. */
export function load(context: object, environment: Environment = {}): LoadedConfig {
  return loadConfig({
    environment: { CDKTF_CONTEXT_JSON: JSON.stringify(context), ...environment },
    file: "not read",
    detectionIds,
    readDetections: () => ({ ids: [], problems: [] }),
  });
}
