import type { Precondition } from "cdktf";
import type { Config } from "../../config/schema";
import { forwardedRegions } from "../../config/watched-regions";

/** Expression of the region of whoever calls the module. */
export const PROVIDER_REGION = "data.aws_region.Region.region";

/**
 * A module that has forwarders was written for one home region: with a provider of another one, that one's own events would be
 * passed to itself, those of the first would be missing, and member accounts would send to a bus where nothing judges.
 */
export function homeRegionCondition(config: Config): Precondition | undefined {
  if (forwardedRegions(config).length === 0 && config.organization === undefined) return undefined;
  const { region } = config;
  return {
    condition: `\${${PROVIDER_REGION} == "${region}"}`,
    errorMessage: `the AWS provider's region is \${${PROVIDER_REGION}}, but the module was written for the home region ${region} and has forwarders in other regions or accounts: give the module a provider of ${region}, or write it again with that region`,
  };
}
