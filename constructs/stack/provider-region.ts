import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformStack, Token } from "cdktf";

/**
 * Whether the stack's AWS provider works in the region whose ARNs the policies name. Asked at synth, since a stack may get its
 * provider last. A region that is Terraform's to know is not looked at.
 */
export function regionProblems(stack: TerraformStack, region: string): string[] {
  return stack.node
    .findAll()
    .filter((construct): construct is AwsProvider => construct instanceof AwsProvider)
    .filter(({ alias, region: other }) => alias === undefined && isOtherRegion(other, region))
    .map(
      ({ region: other }) =>
        `region is "${region}", but the stack's AWS provider has "${other}": give Trailwarden and the provider the same region`,
    );
}

function isOtherRegion(other: string | undefined, region: string): boolean {
  return other !== undefined && !Token.isUnresolved(other) && !other.includes("${") && other !== region;
}
