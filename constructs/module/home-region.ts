import { type Precondition, TerraformLocal, type TerraformStack } from "cdktf";
import type { Config } from "../../config/schema";
import { forwardedRegions } from "../../config/watched-regions";

/** Expression of the region of whoever calls the module. */
export const PROVIDER_REGION = "data.aws_region.Region.region";

/**
 * A module that has forwarders is written for one home region, which its local `home_region` names: with a provider of another
 * one, that one's own events would be passed to itself, those of the first would be missing, and member accounts would send to a
 * bus where nothing judges.
 *
 * @returns what must hold of the provider; nothing where there are no forwarders
 */
export function declareHomeRegion(stack: TerraformStack, config: Config): Precondition | undefined {
  if (forwardedRegions(config).length === 0 && config.organization === undefined) return undefined;
  new TerraformLocal(stack, "Local_home_region", config.region).overrideLogicalId("home_region");
  return {
    condition: `\${${PROVIDER_REGION} == local.home_region}`,
    errorMessage: `the AWS provider's region is \${${PROVIDER_REGION}}, but the module was written for the home region \${local.home_region}, with forwarders in other regions or accounts: give it a provider of \${local.home_region}, or write the module again with another region`,
  };
}
