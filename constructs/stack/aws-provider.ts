import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";

/**
 * Which AWS providers the stacks and the module take. 6.25 has every argument that they use; a new major may rename some.
 *
 * Syntax: https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
export const AWS_PROVIDER_VERSIONS = ">= 6.25.0, < 7.0.0";

export interface AwsProviderProps {
  readonly region: string;
  /** Put on every resource. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The stack's provider, in any of {@link AWS_PROVIDER_VERSIONS}: CDKTF would ask for the one that its types were made from. */
export function addAwsProvider(stack: TerraformStack, { region, tags }: AwsProviderProps): void {
  new AwsProvider(stack, "Aws", { region, defaultTags: [{ tags }] });
  stack.addOverride("terraform.required_providers.aws.version", AWS_PROVIDER_VERSIONS);
}
