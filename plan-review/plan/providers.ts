import { withoutIndexes } from "./references";
import { isValues } from "./values";

/** Which provider configuration manages which resource: for resources of one name in several regions or accounts. */
export class Providers {
  /** By address without indexes. */
  readonly #keys = new Map<string, string>();
  readonly #regions = new Map<string, string>();

  /** @param configuration `configuration`, as parsed JSON */
  constructor(configuration: unknown) {
    if (!isValues(configuration)) return;
    this.#read(configuration.root_module, "");
    const configured = isValues(configuration.provider_config) ? configuration.provider_config : {};
    for (const [key, provider] of Object.entries(configured)) {
      const expressions = isValues(provider) ? provider.expressions : undefined;
      const region =
        isValues(expressions) && isValues(expressions.region) ? expressions.region.constant_value : undefined;
      if (typeof region === "string") this.#regions.set(key, region);
    }
  }

  /** Such as `aws` or `aws.frankfurt`; undefined when the configuration doesn't have the resource. */
  keyOf(address: string): string | undefined {
    return this.#keys.get(withoutIndexes(address));
  }

  /** The region that the configuration writes out. */
  regionOf(address: string): string | undefined {
    return this.#regions.get(this.keyOf(address) ?? "");
  }

  #read(module: unknown, prefix: string): void {
    if (!isValues(module)) return;
    for (const resource of Array.isArray(module.resources) ? module.resources : []) {
      if (!isValues(resource) || typeof resource.address !== "string") continue;
      if (typeof resource.provider_config_key === "string")
        this.#keys.set(prefix + resource.address, resource.provider_config_key);
    }
    for (const [name, call] of Object.entries(isValues(module.module_calls) ? module.module_calls : {})) {
      if (isValues(call)) this.#read(call.module, `${prefix}module.${name}.`);
    }
  }
}
